"""Comparisons."""

import json
from pathlib import Path
from typing import Any

import pytest
import talent

EIGHT = sorted(Path(__file__).resolve().parents[2].glob("docs/examples/*.submission.json"))


def other(submission: talent.Submission, id: str, *changes: tuple[str, str]) -> talent.Submission:
    text = submission.to_json().replace("riverside", id)
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return talent.Submission.from_json(text)


def test_scores_are_those_of_single_assessments() -> None:
    comparison = talent.compare(EIGHT)
    assert len(comparison.communities) == len(EIGHT) == 8
    for path in EIGHT:
        assessment = talent.assess(path)
        one = next(one for one in comparison.communities.values() if one.submission == assessment.id)
        assert (one.total, one.low, one.high, one.coverage, one.grade) == (assessment.total, assessment.low, assessment.high, assessment.coverage, assessment.grade)
        assert dict(one.scenarios) == assessment.scenarios
    assert talent.compare(EIGHT[::-1]) == comparison
    assert talent.Comparison.from_json(comparison.to_json()) == comparison


def test_the_command_writes_the_same_bytes(capfd: pytest.CaptureFixture[str]) -> None:
    from talent import _native

    assert _native.run_command(["talent", "compare", "--format", "json", *map(str, EIGHT)]) == 0
    assert capfd.readouterr().out == talent.compare(EIGHT).to_json()


def test_differences_add_up() -> None:
    comparison = talent.compare(EIGHT)
    for better, worse in [("zhongguancun-science-city", "beijing-etda"), ("tongzhou", "huairou-science-city")]:
        apart = comparison.difference(better, worse)
        total = 0.0
        for scenario in apart["scenarios"]:
            total += scenario["difference"]
        assert total + apart["rest"] == apart["difference"]
    with pytest.raises(KeyError, match="nobody"):
        comparison.difference("nobody", "tongzhou")


def test_ties_and_columns(standard: talent.Standard, submission: talent.Submission) -> None:
    three = [submission, other(submission, "twin"), other(submission, "hilltop", ("120000", "60000"))]
    assert talent.compare(three, standard, ties="fractional").ranks == {"hilltop": 3.0, "riverside": 1.5, "twin": 1.5}
    comparison = talent.compare(three, standard)
    assert comparison.certainty("twin", "riverside") == comparison.certainty("riverside", "twin") == "tied"
    assert comparison.certainty("hilltop", "twin") is None
    assert comparison.tiers == [["riverside", "twin"], ["hilltop"]] and comparison.front == ["riverside", "twin"]
    assert comparison.covers == [("riverside", "hilltop"), ("twin", "hilltop")]
    columns = comparison.to_columns()
    assert columns["rank"] == [3.0, 1.0, 1.0] and columns["green.rank"] == [3, 1, 1]
    assert {len(column) for column in columns.values()} == {3}
    with pytest.raises(ValueError, match="no rule for ties `olympic`: there are competition"):
        talent.compare(three, standard, ties="olympic")


def test_the_fence(standard: talent.Standard, submission: talent.Submission) -> None:
    later = other(submission, "later", ("2026-", "2027-"))
    with pytest.raises(talent.CompareError) as caught:
        talent.compare([submission, later], standard)
    assert [d.code for d in caught.value.diagnostics] == ["TM0774"]
    marked = talent.compare([submission, later], standard, across=["periods"])
    assert [(d.code, d.severity) for d in marked.diagnostics] == [("TM0774", "warning"), ("TM0780", "note")]
    with pytest.raises(talent.CompareError, match="TM0775"):
        talent.compare([submission, submission], standard)
    with pytest.raises(talent.CompareError, match="TM0776"):
        talent.compare([submission], standard)
    with pytest.raises(talent.CompareError, match="cannot be scored: wrong-2026"):
        talent.compare([submission, other(submission, "wrong", ('"park-area"', '"park-aera"'))], standard)
    with pytest.raises(TypeError, match="several submissions"):
        talent.compare(submission, standard)  # type: ignore[arg-type]


def test_standards_of_several_versions(standard: talent.Standard, submission: talent.Submission) -> None:
    newer = talent.Standard.from_json(standard.to_json().replace('"version": "1.0.0"', '"version": "1.1.0"'))
    second = other(submission, "second", ('"version": "1.0.0"', '"version": "1.1.0"'))
    comparison = talent.compare([submission, second], [standard, newer], across=["versions"])
    assert [plan["standard"]["version"] for plan in comparison.to_dict()["method"]["plans"]] == ["1.0.0", "1.1.0"]


def test_a_relative_method() -> None:
    steps: list[dict[str, Any]] = [{"type": "impute", "how": {"type": "median"}}, {"type": "aggregate", "how": {"type": "topsis"}, "missing": "exclude"}, {"type": "rank", "ties": "competition"}]
    comparison = talent.compare(EIGHT, method=steps)
    relative = comparison.to_dict()["relative"]
    assert (relative["values"], relative["communities"]) == ("scores", 7)
    assert "TM0781" in [d.code for d in comparison.diagnostics]
    with pytest.raises(talent.CompareError, match="TM0206"):
        talent.compare(EIGHT, method=[{"type": "topsis"}])


def test_a_community_of_its_own(standard: talent.Standard, submission: talent.Submission) -> None:
    answers = json.loads(submission.to_json())
    community = talent.Community.from_json(json.dumps(answers.pop("community")))
    answers["community_ref"] = {"id": community.id, "digest": community.digest}
    referring = talent.Submission.from_json(json.dumps(answers))
    hilltop = other(submission, "hilltop", ("120000", "60000"))
    assert talent.compare([referring, hilltop], standard, communities=[community]).ranks == talent.compare([submission, hilltop], standard).ranks
