"""The workbook road in Python: template, check, convert, assess."""

from __future__ import annotations

from pathlib import Path

import pytest

import talent


@pytest.fixture
def submission(root: Path) -> talent.Submission:
    return talent.Submission.load(root / "docs/examples/new-shougang.submission.json")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_journey_through_a_workbook_loses_nothing(submission: talent.Submission, lang: str, tmp_path: Path) -> None:
    form = tmp_path / "form.bin"
    form.write_bytes(talent.convert(submission, lang=lang))
    # What a file is counts, not what it is called.
    again = talent.convert(form)
    assert again.to_dict()["observations"] == submission.to_dict()["observations"]
    assert again.to_dict()["community"] == submission.to_dict()["community"]
    assert talent.assess(form).total == talent.assess(again).total
    assert all(found.cell for found in talent.check(form) if found.code in ("TM0319", "TM0320"))


def test_a_template_is_the_same_every_time_and_starts_empty() -> None:
    form = talent.template(stages=["new"], lang="zh", zones=2)
    assert form == talent.template(stages=["new"], lang="zh", zones=2)
    assert [found.code for found in talent.check(form)] == ["TM0614"]
    with pytest.raises(talent.ReadError, match="TM0614"):
        talent.convert(form)
    with pytest.raises(talent.CheckError, match="no such stage"):
        talent.template(stages=["old"])
    with pytest.raises(ValueError, match="languages are en and zh"):
        talent.template(lang="fr")


def test_the_next_round_starts_from_the_last(submission: talent.Submission) -> None:
    form = talent.template(previous=submission)
    places = [(found.code, found.cell) for found in talent.check(form)]
    assert ("TM0202", "Submission!C4") in places
    assert "TM0202 at Submission!C4" in str(next(found for found in talent.check(form) if found.cell == "Submission!C4"))


def test_what_is_no_workbook_is_told() -> None:
    assert [found.code for found in talent.check(b"PK\x03\x04 cut off")] == ["TM0602"]
    with pytest.raises(TypeError, match="workbook"):
        talent.convert("form.xlsx")  # type: ignore[call-overload]
