"""Documents are values."""

import copy
import json
import pickle
from pathlib import Path
from typing import Any

import pytest
import talent

COMMUNITY = '{"kind": "community", "model": "1.0", "id": "riverside", "name": {"en": "Riverside"}, "zones": []}'


@pytest.fixture(params=["standard", "community", "submission", "assessment"])
def document(request: pytest.FixtureRequest, standard: talent.Standard, submission: talent.Submission) -> Any:
    community = submission.community
    assert community is not None
    assessment = talent.assess(submission, standard)
    return {"standard": standard, "community": community, "submission": submission, "assessment": assessment}[request.param]


def test_reads_what_it_writes(document: Any) -> None:
    again = type(document).from_json(document.to_json())
    assert again == document and again.digest == document.digest and hash(again) == hash(document)
    assert type(document).from_json(document.to_json().encode()) == document
    assert type(document).from_json(json.dumps(document.to_dict())) == document


def test_pickles_and_copies(document: Any) -> None:
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        again = pickle.loads(pickle.dumps(document, protocol))
        assert type(again) is type(document) and again == document
    assert copy.copy(document) is document and copy.deepcopy(document) is document


def test_cannot_be_changed(document: Any) -> None:
    with pytest.raises(AttributeError, match="cannot be changed"):
        document.title = "x"
    with pytest.raises(AttributeError, match="cannot be changed"):
        del document._raw
    with pytest.raises(AttributeError):
        document.unheard_of = 1
    data = document.to_dict()
    data.clear()
    assert document.to_dict()


def test_properties_hand_out_copies(standard: talent.Standard, submission: talent.Submission) -> None:
    assessment = talent.assess(submission, standard)
    for document in (standard, submission, submission.community, assessment):
        for name in (n for n in dir(type(document)) if not n.startswith("_") and isinstance(getattr(type(document), n), property)):
            value = getattr(document, name)
            if isinstance(value, (list, dict)):
                before = copy.deepcopy(value) if name != "diagnostics" else list(value)
                value.clear()
                assert getattr(document, name) == before, name


def test_has_no_constructor(document: Any) -> None:
    with pytest.raises(TypeError, match="from_json"):
        type(document)()


def test_repr_is_short(document: Any) -> None:
    assert repr(document).startswith(f"<{type(document).__name__} ") and len(repr(document)) < 120


def test_is_not_equal_to_anything_else(document: Any) -> None:
    assert document != document.to_dict() and document != 1
    assert document not in (None, "x")


def test_other_documents_differ() -> None:
    community = talent.Community.from_json(COMMUNITY)
    assert talent.Community.from_json(COMMUNITY.replace("riverside", "lakeside")) != community


def test_loads_from_any_path(tmp_path: Path) -> None:
    path = tmp_path / "社区.json"
    path.write_text(COMMUNITY, encoding="utf-8-sig")
    assert talent.Community.load(path) == talent.Community.load(str(path)) == talent.Community.from_json(COMMUNITY)
    with pytest.raises(FileNotFoundError):
        talent.Community.load(tmp_path / "none.json")


def test_standard(standard: talent.Standard) -> None:
    assert (standard.id, standard.version, standard.title["zh"]) == ("minimal", "1.0.0", "一个小标准")
    assert standard.indicators == ["park-area", "residents-council", "open-days"]
    assert (standard.scenarios, standard.stages, standard.grades) == (["green", "social"], ["all"], ["pass", "good"])
    assert (standard.languages, standard.weight_sets) == (["en", "zh"], [])


def test_reference_standard() -> None:
    standard = talent.reference()
    assert (len(standard.scenarios), len(standard.indicators)) == (9, 115)
    assert standard == talent.reference() and talent.check(standard) == []


def test_submission(submission: talent.Submission) -> None:
    assert submission.period == ("2026-01-01", "2026-12-31")
    assert (submission.standard_id, submission.standard_version, submission.standard_digest) == ("minimal", "1.0.0", None)
    assert [o["indicator"] for o in submission.observations] == ["park-area", "residents-council", "open-days"]
    assert submission.community is not None and submission.community.name == {"en": "Riverside", "zh": "河畔"}


def test_assessment(root: Path) -> None:
    assessment = talent.assess(talent.Submission.load(root / "docs/examples/new-shougang.submission.json"))
    assert assessment.total is not None and assessment.low <= assessment.total <= assessment.high
    assert list(assessment.scenarios) == talent.reference().scenarios
    assert list(assessment.indicators) == talent.reference().indicators
    contributions = [result.contribution or 0 for result in assessment.indicators.values()]
    assert sum(contributions) == pytest.approx(assessment.total)
    assert {gate.state for gate in assessment.gates} <= {"passed", "failed", "unknown"} and assessment.gates
    assert assessment.verdicts == talent.Verdicts(True, True, assessment.verdicts.scorable, assessment.grade)
    assert all(isinstance(found, talent.Diagnostic) and found.message("zh") for found in assessment.diagnostics)
    assert assessment.to_dict()["provenance"]["engine"]["version"] == talent.__version__
