"""Data frames: the scores are those of single assessments to the bit, whatever library the frame comes from. What is wrong with a frame is in test_bad_frames.py."""

from __future__ import annotations

import copy
import json
import pickle
import random
from collections.abc import Callable, Iterator
from typing import Any

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
import talent
from arro3.core import Table as Arro3Table
from hypothesis import given, settings
from hypothesis import strategies as st

REFERENCE = talent.reference()
DATA = REFERENCE.to_dict()


def indicators(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield from node.get("indicators", [])
    for inner in node.get("categories", []):
        yield from indicators(inner)


INDICATORS = [i for scenario in DATA["scenarios"] for i in indicators(scenario)]


def quantity(indicator: dict[str, Any], stage: str) -> dict[str, Any] | None:
    own = [c for c in indicator["criteria"] if c.get("stage") == stage] or [c for c in indicator["criteria"] if "stage" not in c]
    found: dict[str, Any] | None = own[0].get("quantity", indicator["quantity"]) if own else None
    return found


def answer(rng: random.Random, indicator: dict[str, Any], stage: str) -> dict[str, Any]:
    """An observation that conforms, or none."""
    asked = quantity(indicator, stage)
    if asked is None or rng.random() < 0.05:
        return {}
    chance = rng.random()
    if chance < 0.1:
        return {"state": rng.choice(["missing", "withheld", "not_assessed"])}
    if chance < 0.15 and indicator.get("not_applicable") == "allowed":
        return {"state": "not_applicable", "reason": "there is none"}
    seen: dict[str, Any] = {"state": "estimated"} if chance < 0.2 else {}
    if "sample" in indicator and chance < 0.9:
        seen["sample"] = rng.choice([10, 100, 1000])
    match asked["type"]:
        case "number":
            low, high = asked.get("min", -50), asked.get("max", 500)
            value = rng.uniform(low, high)
            if "per" in indicator and rng.random() < 0.3:
                seen |= {"value": abs(value), "unit": indicator["per"]["unit"]}
            else:
                seen["value"] = float(int(value)) if asked.get("integer") else value
        case "level":
            seen["level"] = rng.choice(asked["levels"])["level"]
        case "yes_no":
            seen["answer"] = rng.random() < 0.5
        case "checklist":
            seen["items"] = [item["id"] for item in asked["items"] if rng.random() < 0.6]
    return seen


def facts(rng: random.Random) -> dict[str, Any]:
    some: dict[str, Any] = {}
    for fact, definition in DATA["facts"].items():
        if rng.random() < 0.15:
            continue
        match definition["type"]:
            case "number":
                some[fact] = {"value": rng.choice([0, 1, rng.uniform(1, 9000)])}
            case "yes_no":
                some[fact] = {"answer": rng.random() < 0.5}
            case "choice":
                some[fact] = {"choice": rng.choice(definition["choices"])["id"]}
    return some


def submission(observations: dict[str, dict[str, Any]], known: dict[str, Any], stage: str) -> talent.Submission:
    zone = {"id": "z", "name": {"en": "Z"}, "role": "core", "planned_floor_area": 100, "completed_floor_area": 90 if stage == "built" else 10}
    community = {"kind": "community", "model": "1.0", "id": "c", "name": {"en": "C"}, "facts": known, "zones": [zone]}
    text = json.dumps(
        {
            "kind": "submission",
            "model": "1.0",
            "id": "s",
            "standard": {"id": REFERENCE.id, "version": REFERENCE.version},
            "period": {"from": "2026-01-01", "to": "2026-12-31"},
            "community": community,
            "observations": [{"indicator": id} | seen for id, seen in observations.items() if seen],
        }
    )
    return talent.Submission.from_json(text)


def given_of(seen: dict[str, Any]) -> Any:
    return next((seen[name] for name in ("value", "level", "answer", "items") if name in seen), None)


def wide(rows: list[dict[str, dict[str, Any]]], known: list[dict[str, Any]], stages: list[str]) -> pl.DataFrame:
    """The rows as columns. What has no observation at all is stated as not assessed."""
    columns: dict[str, Any] = {"community": [f"c{n}" for n in range(len(rows))], "stage": stages}
    for indicator in INDICATORS:
        id = indicator["id"]
        seen = [row[id] for row in rows]
        values = [given_of(s) for s in seen]
        kinds = {type(v) for v in values if v is not None}
        # Where the stages ask for different things, everything is text.
        columns[id] = [";".join(v) if isinstance(v, list) else None if v is None else str(v) for v in values] if len(kinds) > 1 else values
        columns[f"{id}.state"] = [s.get("state") if s else "not_assessed" for s in seen]
        if "per" in indicator:
            columns[f"{id}.unit"] = [s.get("unit") for s in seen]
        if indicator.get("not_applicable") == "allowed":
            columns[f"{id}.reason"] = [s.get("reason") for s in seen]
        if "sample" in indicator:
            columns[f"{id}.sample"] = [s.get("sample") for s in seen]
    for fact in DATA["facts"]:
        columns[f"facts.{fact}"] = [next(iter(row[fact].values())) if fact in row else None for row in known]
    return pl.DataFrame(columns, strict=False)


def same(row: dict[str, Any], assessment: talent.Assessment) -> None:
    total = assessment.to_dict()["total"]
    assert row["total"] == total.get("score") and (row["low"], row["high"]) == (total["low"], total["high"])
    assert row["coverage"] == total["coverage"] and row["grade"] == assessment.grade
    assert row["scorable"] == assessment.verdicts.scorable and row["conforms"]
    for node in assessment.to_dict()["nodes"]:
        if node["depth"] == 1:
            assert row[f"scenario.{node['id']}"] == node["score"].get("score"), node["id"]


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 2**32), stage=st.sampled_from(["built", "new"]), count=st.integers(1, 5))
def test_rows_equal_single_assessments_to_the_bit(seed: int, stage: str, count: int) -> None:
    rng = random.Random(seed)
    rows = [{i["id"]: answer(rng, i, stage) for i in INDICATORS} for _ in range(count)]
    known = [facts(rng) for _ in range(count)]
    frame = wide(rows, known, [stage] * count).drop("stage")
    scores = talent.assess_frame(frame, stage=stage)
    singles = [talent.assess(submission(row, own, stage)) for row, own in zip(rows, known, strict=True)]
    for row, single in zip(scores.to_arrow().to_pylist(), singles, strict=True):
        same(row, single)


def bare(rng: random.Random, rows: int, stage: str, wrong: float) -> pl.DataFrame:
    """Columns with nothing beside them but samples; that share of the columns has a cell that cannot be, or is empty."""
    columns: dict[str, Any] = {}
    for indicator in INDICATORS:
        asked = quantity(indicator, stage)
        if asked is None:
            continue
        match asked["type"]:
            case "number":
                low, high = asked.get("min", -50), asked.get("max", 500)
                values: list[Any] = [rng.uniform(low, high) for _ in range(rows)]
                values = [float(int(value)) for value in values] if asked.get("integer") else values
                if rng.random() < wrong:
                    values[rng.randrange(rows)] = rng.choice([1e12, -1e12, 0.5, float("nan"), float("inf"), None])
            case "level":
                values = [float(rng.choice(asked["levels"])["level"]) for _ in range(rows)]
                if rng.random() < wrong:
                    values[rng.randrange(rows)] = rng.choice([99.0, 1.5, None])
            case "yes_no":
                values = [rng.choice([True, False, None]) for _ in range(rows)]
            case "checklist":
                values = [";".join(item["id"] for item in asked["items"] if rng.random() < 0.6) for _ in range(rows)]
                if rng.random() < wrong:
                    values[rng.randrange(rows)] = rng.choice(["nothing of the kind", None])
        columns[indicator["id"]] = values
        if "sample" in indicator:
            columns[f"{indicator['id']}.sample"] = [1000] * rows
    known = [facts(rng) for _ in range(rows)]
    for fact in DATA["facts"]:
        columns[f"facts.{fact}"] = [next(iter(own[fact].values())) if fact in own else None for own in known]
    return pl.DataFrame(columns, strict=False)


@pytest.mark.parametrize("stage", ["built", "new"])
@pytest.mark.parametrize("wrong", [0.0, 0.02, 0.5])
def test_columns_taken_as_they_lie_and_cell_by_cell_are_the_same(stage: str, wrong: float) -> None:
    """Whole shares of bare columns are scored before anybody has looked at each number; a column of states, though empty, is read cell by cell."""
    frame = bare(random.Random(f"{stage} {wrong}"), 2500, stage, wrong)
    beside = [pl.lit(None, pl.String).alias(f"{indicator['id']}.state") for indicator in INDICATORS if indicator["id"] in frame.columns]
    told = frame.with_columns(beside)
    as_they_lie, by_cells = (talent.assess_frame(one, stage=stage, errors="null") for one in (frame, told))
    assert as_they_lie == by_cells
    assert [d.message() for d in as_they_lie.findings] == [d.message() for d in by_cells.findings]
    assert talent.assess_frame(frame.to_arrow(), stage=stage, errors="null") == as_they_lie
    assert [d.message() for d in talent.check_frame(frame, stage=stage)] == [d.message() for d in as_they_lie.findings]


def test_rows_of_two_stages_and_a_long_frame_equal_single_assessments() -> None:
    rng = random.Random(7)
    stages = [rng.choice(["built", "new"]) for _ in range(40)]
    rows = [{i["id"]: answer(rng, i, stage) for i in INDICATORS} for stage in stages]
    for row in rows:
        # Its quantity differs by stage; in a column of both it has to be text, and numbers in text are not read.
        row["residential-parking"] = {}
    known = [facts(rng) for _ in stages]
    singles = [talent.assess(submission(row, own, stage)) for row, own, stage in zip(rows, known, stages, strict=True)]
    for row, single in zip(talent.assess_frame(wide(rows, known, stages)).to_arrow().to_pylist(), singles, strict=True):
        same(row, single)
    long = []
    for n, (row, own, stage) in enumerate(zip(rows, known, stages, strict=True)):
        about = {"community": f"c{n}", "stage": stage}
        long += [about | {"indicator": id} | seen | ({"answer": seen["answer"]} if "answer" in seen else {}) for id, seen in row.items() if seen]
        long += [about | {"indicator": f"facts.{id}", "value": f.get("value"), "answer": f.get("answer"), "items": [f["choice"]] if "choice" in f else None} for id, f in own.items() if "choice" not in f]
    frame = pa.Table.from_pylist(long, schema=pa.schema({"community": pa.string(), "stage": pa.string(), "indicator": pa.string(), "value": pa.float64(), "level": pa.int64(), "answer": pa.bool_(), "items": pa.list_(pa.string()), "unit": pa.string(), "state": pa.string(), "reason": pa.string(), "sample": pa.int64()}))
    order = list(range(frame.num_rows))
    rng.shuffle(order)
    for table in (frame, frame.take(order)):
        scores = {row["community"]: row for row in talent.assess_frame(table).to_arrow().to_pylist()}
        for n, single in enumerate(singles):
            same(scores[f"c{n}"], single)
    # A sorted stream needs to hold one community at a time.
    streamed = talent.assess_stream(iter(frame.to_batches(max_chunksize=37))).collect()
    assert streamed.to_polars().equals(talent.assess_frame(frame).to_polars())
    assert "TM0872" in [d.code for d in pytest.raises(talent.AssessError, lambda: talent.assess_stream(iter(frame.take(order).to_batches(max_chunksize=37))).collect()).value.diagnostics]


MAKERS: dict[str, Callable[[pl.DataFrame], object]] = {
    "polars": lambda f: f,
    "polars lazy": lambda f: f.lazy(),
    "pyarrow table": lambda f: f.to_arrow(),
    "pyarrow batch": lambda f: f.to_arrow().to_batches()[0],
    "pyarrow reader": lambda f: f.to_arrow().to_reader(max_chunksize=1),
    "iterator of batches": lambda f: iter(f.to_arrow().to_batches(max_chunksize=1)),
    "pandas": lambda f: f.to_pandas(),
    "pandas, categorical": lambda f: f.to_pandas().astype({"community": "category"}),
    "duckdb": lambda f: duckdb.from_arrow(f.to_arrow()),
    "arro3": lambda f: Arro3Table(f),
    "float32": lambda f: f.cast({"park-area": pl.Float32, "residents-council": pl.Int8}),
    "decimal": lambda f: f.cast({"park-area": pl.Decimal(12, 2)}),
    "many chunks": lambda f: pl.concat([f[n : n + 1] for n in range(3)], rechunk=False),
    "words": lambda f: f.with_columns(pl.Series("open-days", ["yes", "否", None]), pl.Series("residents-council", ["Decides on a budget", "1", "没有"])),
    "printed codes": lambda f: f.rename({"park-area": "G-1", "open-days": "S-2"}),
}


@pytest.mark.parametrize("name", MAKERS)
@pytest.mark.parametrize("entry", [talent.assess_frame, lambda f, s: talent.assess_stream(f, s).collect()], ids=["frame", "stream"])
def test_every_make_of_frame_gives_the_same_scores(name: str, entry: Callable[..., talent.Frame], small: pl.DataFrame, standard: talent.Standard) -> None:
    expected = talent.assess_frame(small, standard).to_polars()
    assert expected["total"].to_list() == [100.0, 26.25, 0.0] and expected["high"].to_list() == [100.0, 26.25, 75.0]
    got = entry(MAKERS[name](small), standard).to_polars().cast({"community": pl.String})
    assert got.equals(expected)
    assert not [d for d in talent.check_frame(MAKERS[name](small), standard) if d.severity == "error"]


def test_a_result_goes_to_every_library_and_is_a_value(small: pl.DataFrame, standard: talent.Standard) -> None:
    scores = talent.assess_frame(small, standard, keep=["open-days"])
    assert scores.columns[:3] == ["community", "open-days", "total"]
    assert duckdb.from_arrow(scores.to_arrow()).fetchall()[0][:3] == ("a", True, 100.0)
    assert pl.DataFrame(scores).equals(scores.to_polars()) and len(scores.to_pandas()) == len(scores) == 3
    assert pa.table(scores).schema.metadata[b"talent.standard.digest"].decode() == standard.digest == scores.metadata["talent.standard.digest"]
    assert pickle.loads(pickle.dumps(scores)) == scores and copy.copy(scores) is copy.deepcopy(scores) is scores
    assert hash(scores) == hash(talent.assess_frame(small, standard, keep=["open-days"]))
    assert scores != talent.assess_frame(small, standard) and scores != 1
    assert "<td>26.25</td>" in scores._repr_html_() and "3 rows" in repr(scores)
    with pytest.raises(AttributeError):
        setattr(scores, "total", 1)
    found = talent.check_frame(small.with_columns(pl.lit("<b>").alias("extra")), standard)
    assert pickle.loads(pickle.dumps(found)) == found and hash(found) == hash(copy.copy(found)) and found.conforms
    assert "TM0851" in found._repr_html_() and found.to_pandas()["column"].tolist() == ["extra"]
    assert list(found) == [found[0]] == list(found[:1]) and len(found.to_arrow()) == 1


def test_streams_are_lazy_and_tell_their_progress(standard: talent.Standard, small: pl.DataFrame) -> None:
    taken: list[int] = []
    done: list[int] = []

    def batches() -> Iterator[pa.RecordBatch]:
        for n in range(5):
            taken.append(n)
            yield small.to_arrow().to_batches()[0]

    stream = talent.assess_stream(batches(), standard, progress=done.append)
    assert len(taken) == 1
    pieces = iter(stream)
    next(pieces)
    next(pieces)
    assert len(taken) == 2 and done == [3, 3]
    assert len(stream.collect()) == 9 and sum(done) == 15
    assert len(pa.table(talent.assess_stream(batches(), standard))) == 15


def test_an_interrupt_comes_through(standard: talent.Standard) -> None:
    frame = pl.DataFrame({"open-days": [True]}).sample(200_000, with_replacement=True)

    def progress(rows: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        talent.assess_frame(frame, standard, progress=progress)


def test_nothing_heavy_is_imported(root: Any) -> None:
    import subprocess
    import sys

    code = "import sys, talent; print([m for m in ('pyarrow', 'polars', 'pandas', 'numpy', 'pyspark') if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"
