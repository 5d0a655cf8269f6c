"""The workbook road in Python: template, check, convert, assess."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.workbook.defined_name import DefinedName

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


def _fill(form: bytes, answers: dict[str, object], *, lang: str) -> bytes:
    """Fills in a form as a person at a spreadsheet would: by what is printed, never by hidden keys."""
    book = openpyxl.load_workbook(io.BytesIO(form))
    left = dict(answers)
    for sheet in book:
        for row in sheet.iter_rows(min_row=4):
            key = row[0].value
            if key in left:
                heads = [cell.value for cell in sheet[3]]
                words = ("Value", "To be filled in", "填报值", "填写内容", "数值", "名称（中文）", "Name (Chinese)")
                column = next(number for number, head in enumerate(heads) if head in words)
                sheet.cell(row[0].row, column + 1).value = left.pop(key)
    assert not left, left
    # What the sender does beside filling in.
    book.create_sheet("our own")["A1"] = "=1+1"
    book.worksheets[1]["C4"].comment = Comment("asked by Wang", "Li")
    book.defined_names["ours"] = DefinedName("ours", attr_text="'our own'!$A$1")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


PERSON = {
    "id": "riverside-2026",
    "period.from": "2026-01-01",
    "period.to": "2026年12月31日",
    "community.id": "riverside",
    "community.name.zh": "河畔社区",
}


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_whole_journey_of_a_form(root: Path, tmp_path: Path, lang: str) -> None:
    standard = talent.Standard.load(root / "docs/examples/minimal/standard.json")
    form = talent.template(standard, lang=lang)
    asked = list(standard.indicators)
    answers: dict[str, object] = {**PERSON, **dict.fromkeys(asked, "about 3")}
    sent = tmp_path / "sent.xlsx"
    sent.write_bytes(_fill(form, answers, lang=lang))

    # Every cell that is wrong is told, and the answer says it where it stands.
    found = talent.check(sent, standard)
    wrong = {item.cell for item in found if item.code == "TM0627"}
    assert len(wrong) == len(asked)
    answer = talent.annotate(sent, standard, lang=lang)
    book = openpyxl.load_workbook(io.BytesIO(answer))
    theirs = openpyxl.load_workbook(sent)
    for sheet in theirs:
        cells = {cell.coordinate: cell.value for row in sheet.iter_rows() for cell in row if cell.value is not None}
        assert cells == {cell.coordinate: cell.value for row in book[sheet.title].iter_rows() for cell in row if cell.value is not None}
    assert "ours" in book.defined_names
    assert "asked by Wang" in book.worksheets[1]["C4"].comment.text
    for place in wrong:
        assert place is not None
        name, cell = place.rsplit("!", 1)
        note = book[name.strip("'")][cell].comment
        assert note is not None and "TM0627" in note.text and note.author == "Talent"
    fixes = book["修改清单" if lang == "zh" else "Fix list"]
    links = {row[2].hyperlink.location for row in fixes.iter_rows(min_row=4) if row[2].hyperlink}
    assert {f"'{place.split('!')[0]}'!{place.split('!')[1]}" if "'" not in place else place for place in wrong if place} <= links
    assert talent.check(answer, standard) == found
    assert talent.annotate(answer, standard, lang=lang) == answer
    with pytest.raises(talent.ReadError, match="TM0627"):
        talent.convert(answer, standard)

    # The sender mends the answer itself; program and person may be either.
    for place in wrong:
        assert place is not None
        name, cell = place.rsplit("!", 1)
        book[name.strip("'")][cell].value = "1"
    mended = io.BytesIO()
    book.save(mended)
    submission = talent.convert(mended.getvalue(), standard)
    assert submission.id == "riverside-2026"
    assert len(submission.to_dict()["observations"]) == len(asked)
    assert talent.assess(mended.getvalue(), standard).total == talent.assess(submission, standard).total
    clean = openpyxl.load_workbook(io.BytesIO(talent.annotate(mended.getvalue(), standard, lang=lang)))
    notes = [cell.comment.text for sheet in clean for row in sheet.iter_rows() for cell in row if cell.comment]
    assert not any("TM0627" in note for note in notes) and any("asked by Wang" in note for note in notes)


def test_what_cannot_be_answered_says_why(tmp_path: Path) -> None:
    with pytest.raises(talent.ReadError, match="TM0601"):
        talent.annotate(b"a,b\n1,2\n")
    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(b"PK\x03\x04 cut off")
    with pytest.raises(talent.ReadError, match="TM0602"):
        talent.annotate(broken, lang="zh")
    with pytest.raises(ValueError, match="languages are en and zh"):
        talent.annotate(talent.template(), lang="fr")


@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_tables_are_read_in_every_usual_encoding(submission: talent.Submission, delimiter: str, encoding: str, tmp_path: Path) -> None:
    table = tmp_path / "answers.csv"
    text = talent.convert(submission, layout="long", lang="zh", delimiter=delimiter).decode("utf-8")
    table.write_bytes(text.encode(encoding))
    assert talent.convert(table) == submission
    notes = [found for found in talent.check(table) if found.code == "TM0636"]
    assert [found.params["encoding"] for found in notes] == ([] if encoding.startswith("utf-8") else [{"utf-16": "UTF-16LE"}.get(encoding, "GB18030")])
    assert talent.assess(table).total == talent.assess(submission).total


def test_tables_written_by_pandas_like_programs_are_read(submission: talent.Submission) -> None:
    rows = list(csv.DictReader(io.StringIO(talent.convert(submission, layout="long").decode("utf-8"))))
    rows.reverse()
    out = io.StringIO()
    writer = csv.DictWriter(out, fieldnames=sorted(rows[0]), quoting=csv.QUOTE_ALL)
    writer.writeheader()
    writer.writerows(rows)
    again = talent.convert(out.getvalue().encode())
    before, after = submission.to_dict(), again.to_dict()

    def key(row: dict[str, Any]) -> tuple[str, str]:
        return row["indicator"], row.get("zone", "")

    assert sorted(after["observations"], key=key) == sorted(before["observations"], key=key)
    wide = talent.convert(submission, layout="wide", bom=True).decode("utf-8-sig")
    assert len(list(csv.DictReader(io.StringIO(wide)))) == len({row.get("zone", "") for row in before["observations"]})


def test_departments_are_merged(submission: talent.Submission, tmp_path: Path) -> None:
    whole = submission.to_dict()
    first = {**whole, "observations": whole["observations"][::2]}
    second = talent.Submission.from_json(json.dumps({**whole, "observations": whole["observations"][1::2]}))
    parts = [json.dumps(first).encode(), talent.convert(second, lang="zh")]
    assert talent.merge(parts) == submission
    table = tmp_path / "c.csv"
    observation = next(row for row in whole["observations"] if "value" in row)
    table.write_text(f"indicator,zone,value\n{observation['indicator']},{observation.get('zone', '')},{observation['value'] + 1}\n")
    with pytest.raises(talent.ReadError, match="TM0644") as caught:
        talent.merge([*parts, table])
    assert caught.value.diagnostics[0].line == 2 and "file" in caught.value.diagnostics[0].params["first"]
    with pytest.raises(ValueError, match="layouts are"):
        talent.convert(submission, layout="tall")  # type: ignore[call-overload]
    with pytest.raises(ValueError, match="delimiter"):
        talent.convert(submission, layout="long", delimiter="")
