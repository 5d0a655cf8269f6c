"""Reports from Python: the same as the command's, with what an assessment remembers, and nothing confidential in the public rendition."""

import copy
import io
import json
import pickle
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
import talent


@pytest.fixture(scope="module")
def shougang() -> talent.Submission:
    return talent.Submission.load("docs/examples/new-shougang.submission.json")


def command(*args: str) -> bytes:
    return subprocess.run([sys.executable, "-m", "talent", *args], capture_output=True, check=True).stdout


def test_the_command_and_the_package_write_the_same(shougang: talent.Submission, tmp_path: Path) -> None:
    path = "docs/examples/new-shougang.submission.json"
    # The command tells findings with their places in the file; what is said of the submission is the same.
    made = talent.report(shougang, format="md", lang="zh").split("## 检查结果")[0]
    assert command("--lang", "zh", "report", path, "--format", "md").decode().split("## 检查结果")[0] == made
    assert talent.assess(shougang).to_html(lang="zh", both=True) == talent.report(Path(path), lang="zh", both=True)


def test_an_assessment_remembers_what_it_was_made_with(standard: talent.Standard, answers: dict[str, Any]) -> None:
    answers["observations"][0]["note"] = "a note to remember"
    assessment = talent.assess(talent.Submission.from_json(json.dumps(answers)), standard)
    assert "a note to remember" in assessment.to_html() and "a note to remember" in copy.deepcopy(assessment).to_markdown()
    # One that was read again knows its numbers, and needs to be told the standard.
    read = talent.Assessment.from_json(assessment.to_json())
    with pytest.raises(talent.CheckError) as caught:
        read.to_html()
    assert [found.code for found in caught.value.diagnostics] == ["TM0930"]
    assert "made with the standard minimal 1.0.0" in str(caught.value)
    assert "a note to remember" not in read.to_html(standard)
    assert read.to_html(standard, submission=talent.Submission.from_json(json.dumps(answers))) == assessment.to_html()
    with pytest.raises(talent.CheckError) as caught:
        read.to_html(standard, submission=talent.Submission.load("docs/examples/minimal/submission.json"))
    assert [found.code for found in caught.value.diagnostics] == ["TM0931"]


def test_a_notebook_shows_the_scorecard(shougang: talent.Submission, standard: talent.Standard, submission: talent.Submission, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    assessment = talent.assess(shougang)
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    assert "新首钢国际人才社区" in (assessment._repr_html_() or "")
    monkeypatch.setenv("LANG", "C.UTF-8")
    card = assessment._repr_html_() or ""
    assert "New Shougang" in card and card.startswith('<div class="talent-report">') and "<script" not in card and len(card) < 40_000
    # Pickled, it still has the reference standard; another standard it does not have, and then it is shown as text.
    assert "New Shougang" in (pickle.loads(pickle.dumps(assessment))._repr_html_() or "")
    assert talent.Assessment.from_json(talent.assess(submission, standard).to_json())._repr_html_() is None


def test_no_form_of_the_public_rendition_holds_a_secret(shougang: talent.Submission) -> None:
    data = shougang.to_dict()
    data["observations"][0]["note"] = "a note that is nobody's business"
    data["observations"][1]["method"] = "counted from a list of names"
    secrets = {"a note that is nobody", "counted from a list of names"}
    for evidence in data["evidence"]:
        if evidence.get("confidentiality", "public") != "public":
            secrets |= {*evidence["title"].values(), evidence["uri"], evidence["sha256"]}
    secrets |= {o["reason"] for o in data["observations"] if o.get("state") in ("withheld", "missing")}
    assert len(secrets) > 8
    submission = talent.Submission.from_json(json.dumps(data))

    def everything(public: bool) -> list[str]:
        book = zipfile.ZipFile(io.BytesIO(talent.report(submission, format="xlsx", both=True, public=public)))
        cells = "".join(book.read(name).decode("utf-8") for name in book.namelist() if name.endswith(".xml"))
        return [talent.report(submission, both=True, public=public), talent.report(submission, format="md", both=True, public=public), cells]

    for text in everything(public=False):
        assert all(secret in text for secret in secrets)
    for text in everything(public=True):
        assert not [secret for secret in secrets if secret in text]


def test_the_workbook_has_numbers(shougang: talent.Submission) -> None:
    book = talent.report(shougang, format="xlsx", lang="zh")
    assert book == talent.report(shougang, format="xlsx", lang="zh")
    names = zipfile.ZipFile(io.BytesIO(book)).read("xl/workbook.xml").decode("utf-8")
    assert "评分卡" in names and "各项指标" in names
    total = talent.assess(shougang).scenarios["livable"] if "livable" in talent.assess(shougang).scenarios else next(iter(talent.assess(shougang).scenarios.values()))
    assert f"<v>{total!r}</v>" in zipfile.ZipFile(io.BytesIO(book)).read("xl/worksheets/sheet1.xml").decode("utf-8")


def test_wrong_arguments_are_told(standard: talent.Standard, submission: talent.Submission) -> None:
    with pytest.raises(ValueError, match="the languages are en and zh"):
        talent.report(submission, standard, lang="fr")
    with pytest.raises(ValueError, match="the forms are html, md and xlsx"):
        talent.report(submission, standard, format="pdf")  # type: ignore[call-overload]
    with pytest.raises(TypeError, match="has its community and weights already"):
        talent.report(talent.assess(submission, standard), weight_set="family")
    with pytest.raises(talent.AssessError):
        talent.report(submission)
