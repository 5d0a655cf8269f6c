"""Checking, scoring, schemas, explanations, and how each of them fails."""

import json
import pathlib
import pickle
from typing import Any

import pytest
import talent


def test_assess_needs_no_more_than_a_submission(standard: talent.Standard, submission: talent.Submission) -> None:
    assessment = talent.assess(submission, standard)
    assert (assessment.grade, assessment.total) == ("good", 80)
    assert talent.assess(submission, standard).to_json() == assessment.to_json()
    with pytest.raises(TypeError, match="Submission is needed"):
        talent.assess(submission.to_json(), standard)  # type: ignore[arg-type]


def test_read_error_has_everything(answers: dict[str, Any]) -> None:
    answers["observatons"] = answers.pop("observations")
    answers["period"]["from"] = "2026-1-1"
    with pytest.raises(talent.ReadError) as caught:
        talent.Submission.from_json(json.dumps(answers))
    error = caught.value
    assert isinstance(error, talent.TalentError) and isinstance(error, ValueError)
    assert {d.code for d in error.diagnostics} == {"TM0201", "TM0202", "TM0204"}
    for diagnostic in error.diagnostics:
        assert diagnostic.message() in str(error) and diagnostic.line == 1
    assert "did you mean `observations`?" in str(error)
    again = pickle.loads(pickle.dumps(error))
    assert type(again) is talent.ReadError and again.diagnostics == error.diagnostics and str(again) == str(error)


def test_assess_error_has_every_error(standard: talent.Standard, answers: dict[str, Any]) -> None:
    answers["observations"][0]["unit"] = "ha"
    answers["observations"][1]["level"] = 7
    with pytest.raises(talent.AssessError) as caught:
        talent.assess(talent.Submission.from_json(json.dumps(answers)), standard)
    assert [d.code for d in caught.value.diagnostics] == ["TM0308", "TM0311"]
    assert all(d.severity == "error" for d in caught.value.diagnostics)
    assert "/observations/1/level" in str(caught.value)


def test_check_error_for_a_standard_that_cannot_be_used(standard: talent.Standard, submission: talent.Submission) -> None:
    data = standard.to_dict()
    data["scenarios"][0]["indicators"][0]["criteria"][0].pop("gate")
    unsound = talent.Standard.from_json(json.dumps(data))
    assert [d.code for d in talent.check(unsound)] == ["TM0411"]
    for use in (talent.assess, talent.check):
        with pytest.raises(talent.CheckError) as caught:
            use(submission, unsound)
        assert [d.code for d in caught.value.diagnostics] == ["TM0411"]
    for name in ("no-such", "No such"):
        with pytest.raises(talent.CheckError) as caught:
            talent.assess(submission, standard, weight_set=name)
        assert [d.code for d in caught.value.diagnostics] == ["TM0505"]


def test_weight_sets(standard: talent.Standard, submission: talent.Submission) -> None:
    data = standard.to_dict()
    data["weight_sets"] = [{"id": "council", "name": {"en": "Council first", "zh": "议事优先"}, "weights": {"residents-council": 3}}]
    weighted = talent.Standard.from_json(json.dumps(data))
    plain, council = talent.assess(submission, weighted), talent.assess(submission, weighted, weight_set="council")
    # The second scenario is (3 × 60 + 100) / 4 instead of (60 + 100) / 2.
    assert (plain.total, council.total) == (80, 75)
    assert council.to_dict()["plan"]["weight_set"] == "council"


def test_a_community_of_its_own(standard: talent.Standard, submission: talent.Submission, answers: dict[str, Any]) -> None:
    community = submission.community
    assert community is not None
    del answers["community"]
    answers["community_ref"] = {"id": community.id, "digest": community.digest}
    apart = talent.Submission.from_json(json.dumps(answers))
    assert apart.community is None
    with pytest.raises(talent.AssessError, match="TM0339"):
        talent.assess(apart, standard)
    assert talent.assess(apart, standard, community=community).total == 80
    assert not [d for d in talent.check(apart, standard, community=community) if d.severity == "error"]


def test_check_of_text_has_places(standard: talent.Standard, submission: talent.Submission) -> None:
    text = submission.to_json().replace('"level": 1', '"level": 9')
    [found] = [d for d in talent.check(text, standard) if d.severity == "error"]
    assert found.line is not None and text.splitlines()[found.line - 1].strip() == '"level": 9'
    assert talent.check(text.encode(), standard) == talent.check(text, standard)
    [typed] = [d for d in talent.check(talent.Submission.from_json(text), standard) if d.severity == "error"]
    assert (typed.code, typed.pointer, typed.line) == (found.code, found.pointer, None)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "TM0001"),
        (b"\xff", "TM0002"),
        ("\ud800", "TM0002"),
        ("{'kind'}", "TM0003"),
        ("{", "TM0004"),
        ('{"kind": "submission", "kind": "submission"}', "TM0005"),
        ('{"kind": NaN}', "TM0006"),
        ('{"kind": 1e999}', "TM0007"),
        ("[" * 100_000, "TM0009"),
        ("[]", "TM0101"),
        ('{"kind": "sub"}', "TM0102"),
        ('{"kind": "submission", "model": "9.0"}', "TM0104"),
    ],
)
def test_check_of_no_document(text: str | bytes, code: str) -> None:
    assert code in [d.code for d in talent.check(text)]


def test_check_of_something_else() -> None:
    with pytest.raises(TypeError, match="int"):
        talent.check(3)  # type: ignore[arg-type]


def test_wrong_kind(standard: talent.Standard) -> None:
    with pytest.raises(talent.ReadError, match="TM0103"):
        talent.Submission.from_json(standard.to_json())


def test_schemas(standard: talent.Standard) -> None:
    for kind in ("standard", "community", "submission", "assessment"):
        assert talent.schema(kind)["$id"].endswith(f"/{kind}.schema.json")
    assert talent.schema("submission", standard)["$defs"]["NodeId"]["enum"] == standard.indicators
    assert talent.schema("submission", stage="new") == talent.schema("submission", talent.reference(), "new")
    with pytest.raises(ValueError, match="no kind of document 'plan'"):
        talent.schema("plan")
    with pytest.raises(ValueError, match="only the schema of a submission"):
        talent.schema("community", standard)
    with pytest.raises(talent.CheckError, match="no stage 'old': its stages are built, new"):
        talent.schema("submission", stage="old")


def test_explain() -> None:
    for code, name in talent.codes().items():
        for lang in ("en", "zh"):
            assert talent.explain(code, lang).startswith(f"{code} {name}\n")
    assert talent.explain("tm0305") == talent.explain("TM0305", lang="en")
    with pytest.raises(talent.TalentError) as caught:
        talent.explain("TM9999")
    assert [d.code for d in caught.value.diagnostics] == ["TM0903"]
    with pytest.raises(ValueError, match="does not speak 'fr'"):
        talent.explain("TM0305", "fr")


def test_diagnostics_are_values() -> None:
    [found] = talent.check("[]")
    assert found == talent.check("[]")[0] and len({found, talent.check("[]")[0]}) == 1
    assert pickle.loads(pickle.dumps(found)) == found
    with pytest.raises(AttributeError):
        found.code = "TM0001"  # type: ignore[misc]
    with pytest.raises(TypeError):
        found.params["x"] = "y"  # type: ignore[index]
    with pytest.raises(ValueError, match="'fr'"):
        found.message("fr")
    assert "kind" in found.message("zh-CN")


def test_changes_of_a_schema() -> None:
    released = json.loads((pathlib.Path("schemas/v1") / "submission.schema.json").read_text("utf-8"))
    now = talent.schema("submission")
    assert talent.schema_changes(released, now) == []
    narrower = json.loads(json.dumps(now))
    narrower["required"].append("note")
    [change] = talent.schema_changes(now, narrower)
    assert (change.effect, change.at) == ("breaking", "Submission.note")
    assert [change.effect for change in talent.schema_changes(narrower, now)] == ["additive"]
    with pytest.raises(ValueError, match="nested too deeply"):
        deep: dict[str, Any] = {}
        for _ in range(500):
            deep = {"items": deep}
        talent.schema_changes(now, deep)
    with pytest.raises(ValueError, match="JSON"):
        talent.schema_changes(now, {"minimum": float("nan")})
