"""Many documents, earlier rounds, waivers and masks."""

import datetime
import itertools
import json
import pickle
import subprocess
import sysconfig
from pathlib import Path
from typing import Any

import pytest
import talent


def slipped(answers: dict[str, Any]) -> bytes:
    document = json.loads(json.dumps(answers))
    document["observations"][0]["value"] = 120_000_000
    return json.dumps(document).encode()


def waivers(**more: str) -> talent.Waivers:
    waiver = {"code": "TM0341", "reason": {"en": "It is that large"}, "approver": "Review panel", "until": "2027-03-01", **more}
    return talent.Waivers.from_json(json.dumps({"kind": "waivers", "model": "1.0", "waivers": [waiver]}))


def test_each_of_many_is_what_check_finds(standard: talent.Standard, submission: talent.Submission, answers: dict[str, Any], tmp_path: Path) -> None:
    text = submission.to_json()
    broken = b"{"
    (tmp_path / "one.json").write_text(text, encoding="utf-8")
    (tmp_path / "many.ndjson").write_bytes(json.dumps(answers).encode() + b"\n\n" + slipped(answers) + b"\n")
    documents: list[Any] = [text, broken, tmp_path / "one.json", tmp_path / "many.ndjson", tmp_path / "gone.json", submission]
    results = list(talent.check_many(documents, standard))
    names = ["1", "2", f"{tmp_path}/one.json", f"{tmp_path}/many.ndjson:1", f"{tmp_path}/many.ndjson:3", f"{tmp_path}/gone.json", submission.id]
    assert [result.name for result in results] == names
    assert list(results[0].diagnostics) == talent.check(text, standard)
    assert list(results[1].diagnostics) == talent.check(broken, standard)
    assert {d.code for d in results[4].diagnostics} == {"TM0304", "TM0341"}
    assert [d.code for d in results[5].diagnostics] == ["TM0901"] and not results[5].readable
    assert (results[0].kind, results[0].conforms, results[0].scorable, results[0].meets) == ("submission", True, True, "good")
    assert results[0].digest == submission.digest
    assert pickle.loads(pickle.dumps(results)) == results
    folder = list(talent.check_many(tmp_path, standard))
    assert [result.name for result in folder] == [f"{tmp_path}/many.ndjson:1", f"{tmp_path}/many.ndjson:3", f"{tmp_path}/one.json"]


def test_the_command_says_the_same(standard: talent.Standard, answers: dict[str, Any], tmp_path: Path) -> None:
    (tmp_path / "standard.json").write_text(standard.to_json(), encoding="utf-8")
    (tmp_path / "many.jsonl").write_bytes(json.dumps(answers).encode() + b"\n" + slipped(answers) + b"\n")
    script = str(Path(sysconfig.get_path("scripts")) / "talent")
    command = [script, "--lang", "en", "check", "many.jsonl", "--standard", "standard.json", "--format", "jsonl", "--on", "2027-01-01"]
    told = [json.loads(line) for line in subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True).stdout.splitlines()]
    for record, result in zip(told, talent.check_many(tmp_path / "many.jsonl", standard, on="2027-01-01"), strict=True):
        assert [d["message"] for d in record["diagnostics"]] == [d.message() for d in result.diagnostics]
        assert record["digest"] == result.digest
        assert record["verdicts"] == {"readable": result.readable, "conforms": result.conforms, "scorable": result.scorable, "meets": result.meets}


def test_results_come_before_the_end(standard: talent.Standard, submission: talent.Submission) -> None:
    data = submission.to_json().encode()
    endless = talent.check_many(itertools.repeat(data), standard)
    assert sum(1 for _ in itertools.islice(endless, 1000)) == 1000
    assert list(talent.check_many([], standard)) == []


def test_waivers_mark_and_never_remove(standard: talent.Standard, answers: dict[str, Any]) -> None:
    data = slipped(answers)
    day = datetime.date(2027, 3, 1)
    (found,) = [d for d in talent.check(data, standard, waivers=waivers(), on=day) if d.code == "TM0341"]
    assert found.waived == talent.Waived({"en": "It is that large"}, "Review panel", day)
    assert pickle.loads(pickle.dumps(found)) == found
    for accepted, codes in [
        (waivers(until="2027-02-28"), ["TM0380"]),
        (waivers(submission="another"), ["TM0381"]),
        (waivers(code="TM0309"), ["TM0382"]),
        (waivers(), None),
    ]:
        first, *last = talent.check_many([data], standard, waivers=accepted, on=day)
        assert any(d.waived for d in first.diagnostics) == (codes is None)
        assert [[d.code for d in result.diagnostics] for result in last] == ([] if codes is None else [codes])
    assert [d.code for d in talent.check(waivers(), on="2027-03-02")] == ["TM0380"]
    assert waivers().codes == ["TM0341"] and waivers() == waivers()
    with pytest.raises(ValueError, match="day"):
        talent.check(data, standard, waivers=waivers())
    with pytest.raises(ValueError, match="no day"):
        talent.check(data, standard, on="2027-02-30")


def test_the_last_round_and_the_mask(standard: talent.Standard, answers: dict[str, Any]) -> None:
    earlier = json.loads(json.dumps(answers))
    earlier["period"] = {"from": "2025-01-01", "to": "2025-12-31"}
    earlier["observations"][0]["value"] = 12_000
    last = talent.Submission.from_json(json.dumps(earlier))
    data = json.dumps(answers).encode()
    for previous in (last, [last], last.to_json().encode()):
        found = [d for d in talent.check(data, standard, previous=previous) if d.code == "TM0347"]
        assert [d.params["before"] for d in found] == ["1"]
        assert "TM0347" in [d.code for d in talent.check(talent.Submission.from_json(data), standard, previous=previous)]
    (masked,) = [d for d in talent.check(data, standard, previous=last, mask=True) if d.code == "TM0347"]
    assert masked.params["before"] == masked.params["found"] == "***" and masked.params["factor"] == "10"


def test_unfit_arguments(standard: talent.Standard) -> None:
    with pytest.raises(TypeError, match="not int"):
        list(talent.check_many([1], standard))  # type: ignore[list-item]


def test_limits_are_adjusted_by_name(standard: talent.Standard, submission: talent.Submission, tmp_path: Path) -> None:
    text = submission.to_json()
    assert [found.code for found in talent.check(text, standard, limits={"bytes": 10})] == ["TM0008"]
    assert talent.check(text, standard, limits={"bytes": len(text.encode())}) == talent.check(text, standard)
    with pytest.raises(talent.ReadError) as refused:
        talent.Submission.from_json(text, limits={"values": 3})
    assert [found.code for found in refused.value.diagnostics] == ["TM0010"]
    form = talent.convert(submission, standard)
    assert isinstance(form, bytes)
    assert "TM0608" in [found.code for found in talent.check(form, standard, limits={"cells": 5})]
    for checked in talent.check_many([tmp_path / "no.json"], standard, limits={"bytes": 10}):
        assert [found.code for found in checked.diagnostics] == ["TM0901"]
    with pytest.raises(ValueError, match="limits are bytes, values"):
        talent.check(text, standard, limits={"byts": 3})
