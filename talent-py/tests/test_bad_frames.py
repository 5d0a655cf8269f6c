"""What is wrong with a frame is told with a code, a place and a cure, or raised as what it is; and nothing of a bad frame is handed out."""

from __future__ import annotations

import datetime
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import cloudpickle
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import talent
import talent.spark

REFERENCE = talent.reference()


def indicators(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield from node.get("indicators", [])
    for inner in node.get("categories", []):
        yield from indicators(inner)


# Indicators of the reference standard that count in whole numbers, and can be 0.
WHOLE = [
    indicator["id"]
    for scenario in REFERENCE.to_dict()["scenarios"]
    for indicator in indicators(scenario)
    if indicator["quantity"].get("integer") and indicator["quantity"].get("min", 0) == 0
]


def found_in(frame: object, standard: talent.Standard, code: str, **more: Any) -> talent.Diagnostic:
    """The one finding with a code: with its text in both languages, and a page that tells the cure."""
    found = [d for d in talent.check_frame(frame, standard, **more) if d.code == code]
    assert len(found) == 1, talent.check_frame(frame, standard, **more)[:]
    for lang, cure in (("en", "cure: "), ("zh", "改法：")):
        assert "{" not in found[0].message(lang).replace("{person}", "").replace("{place}", "")
        assert cure in talent.explain(code, lang)
    return found[0]


def refused(make: Callable[[], object], standard: talent.Standard, **more: Any) -> list[talent.Diagnostic]:
    """The errors with which a frame is refused, whole or as a stream; whoever takes the stream over gets nothing."""
    with pytest.raises(talent.AssessError) as raised:
        talent.assess_frame(make(), standard, **more)
    with pytest.raises(talent.AssessError):
        talent.assess_stream(make(), standard, **more).collect()
    with pytest.raises(Exception, match=raised.value.diagnostics[0].code):
        pa.table(talent.assess_stream(make(), standard, **more))
    return list(raised.value.diagnostics)


BAD: dict[str, tuple[Callable[[pl.DataFrame], object], str, str]] = {
    "wrong type": (lambda f: f.with_columns(pl.Series("park-area", ["a", "b", "c"])), "TM0855", "/columns/park-area"),
    "a mistyped name": (lambda f: f.rename({"open-days": "open_day"}), "TM0852", "/columns/open_day"),
    "a column too many": (lambda f: f.with_columns(district=1), "TM0851", "/columns/district"),
    "a column too few": (lambda f: f.drop("open-days"), "TM0853", ""),
    "a companion of no kind": (lambda f: f.with_columns(pl.lit("m2").alias("park-area.units")), "TM0865", "/columns/park-area.units"),
    "two names for one": (lambda f: f.with_columns(pl.col("park-area").alias("G-1")), "TM0854", "/columns/G-1"),
    "a name twice": (lambda f: pa.Table.from_arrays([f.to_arrow()[0], f.to_arrow()[0]], names=["open-days", "open-days"]), "TM0854", "/columns/open-days"),
    "no rows": (lambda f: f.clear(), "TM0856", ""),
    "nothing asked": (lambda f: f.select("community"), "TM0857", ""),
    "all null": (lambda f: f.with_columns(pl.lit(None).alias("park-area")), "TM0858", "/columns/park-area"),
    "infinite": (lambda f: f.with_columns(pl.Series("park-area", [1.0, float("-inf"), 2.0])), "TM0859", "/rows/1/park-area"),
    "NaN": (lambda f: f.with_columns(pl.Series("park-area", [1.0, 2.0, float("nan")])), "TM0860", "/rows/2/park-area"),
    "no word": (lambda f: f.with_columns(pl.Series("open-days", ["yes", "perhaps", None])), "TM0864", "/rows/1/open-days"),
    "below its limit": (lambda f: f.with_columns(pl.Series("park-area", [1.0, 2.0, -3.0])), "TM0309", "/rows/2/park-area"),
    "mixed units": (lambda f: f.with_columns(pl.Series("park-area.unit", ["m2", "ha", "m2/{person}"])), "TM0308", "/rows/1/park-area"),
    "no such state": (lambda f: f.with_columns(pl.Series("park-area.state", ["reported", "mising", None])), "TM0206", "/rows/1/park-area"),
    "a value that is withheld": (lambda f: f.with_columns(pl.Series("park-area.state", ["withheld", None, None])), "TM0315", "/rows/0/park-area"),
    "no such level": (lambda f: f.with_columns(pl.Series("residents-council", [2, 7, 0])), "TM0311", "/rows/1/residents-council"),
    "a fact mistyped": (lambda f: f.rename({"facts.population": "facts.popluation"}), "TM0328", "/columns/facts.popluation"),
    "a fact of zero": (lambda f: f.with_columns(pl.Series("facts.population", [100, 0, 100])), "TM0331", "/rows/1/park-area"),
    "a fact not known": (lambda f: f.with_columns(pl.Series("facts.population", [None, 100, 100])), "TM0330", "/rows/0/park-area"),
    "another version": (lambda f: f.with_columns(pl.Series("standard.version", ["1.0.0", "2.0.0", "1.0.0"])), "TM0302", "/rows/1/standard.version"),
    "text that is not UTF-8": (
        lambda f: pa.table({"open-days": pa.Array.from_buffers(pa.string(), 2, [None, pa.py_buffer(b"\0\0\0\0\1\0\0\0\2\0\0\0"), pa.py_buffer(b"y\xff")])}),
        "TM0861",
        "/columns/open-days",
    ),
    "a long frame without communities": (lambda f: pl.DataFrame({"indicator": ["open-days"], "value": [1.0]}), "TM0870", "/columns/community"),
    "a long frame with a gap": (lambda f: pl.DataFrame({"community": ["a"], "indicator": [""], "value": [1.0]}), "TM0871", "/rows/0/indicator"),
    "a long frame with a stranger": (lambda f: pl.DataFrame({"community": ["a"], "indicator": ["open-day"], "value": [1.0]}), "TM0305", "/rows/0/indicator"),
    "a long frame that repeats": (lambda f: pl.DataFrame({"community": ["a"] * 2, "indicator": ["open-days"] * 2, "value": [1, 0]}), "TM0307", "/rows/1/indicator"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_found_and_placed(name: str, small: pl.DataFrame, standard: talent.Standard) -> None:
    make, code, pointer = BAD[name]
    found = found_in(make(small), standard, code)
    assert found.pointer == pointer
    if found.severity == "error":
        assert code in [d.code for d in refused(lambda: make(small), standard)]
    else:
        assert code in [d.code for d in talent.assess_frame(make(small), standard).findings]


def test_stages_have_to_be_told() -> None:
    frame = pl.DataFrame({"metro-distance": [1.0], "chief-architect": [True]}).select("chief-architect")
    assert found_in(frame, REFERENCE, "TM0862").pointer == ""
    assert found_in(frame, REFERENCE, "TM0326", stage="nev").params["suggestion"] == "new"
    assert found_in(frame.with_columns(stage=pl.lit(None, pl.String)), REFERENCE, "TM0866").pointer == "/rows/0/stage"
    assert found_in(frame.with_columns(stage=pl.lit("old")), REFERENCE, "TM0326").pointer == "/rows/0/stage"


WRONG = {
    "a date": pl.lit(datetime.date(2026, 1, 1)),
    "a duration": pl.lit(datetime.timedelta(1)),
    "a structure": pl.struct(pl.lit(1)),
    "bytes": pl.lit(b"12"),
    "a list of numbers": pl.lit([1]),
}


@pytest.mark.parametrize("kind", WRONG)
def test_wrong_dtype(kind: str, small: pl.DataFrame, standard: talent.Standard) -> None:
    wrong = WRONG[kind]
    for column in ("park-area", "residents-council", "open-days", "facts.population", "park-area.unit", "park-area.sample", "standard.version"):
        found = found_in(small.with_columns(wrong.alias(column)), standard, "TM0855")
        assert found.pointer == f"/columns/{column}" and found.params["expected"] and found.params["expected_zh"]
    long = pl.DataFrame({"community": ["a"], "indicator": ["open-days"], "value": [1.0]})
    for column in ("community", "indicator", "value", "level", "answer", "items", "unit", "state", "reason", "sample", "stage"):
        assert found_in(long.with_columns(wrong.alias(column)), standard, "TM0855").pointer == f"/columns/{column}"
    assert [d.code for d in refused(lambda: long.with_columns(wrong.alias("value")), standard)] == ["TM0855"]
    # What is asked of this one differs by stage, so that any answer fits its column, but nothing else.
    several = pl.DataFrame({"stage": ["new"], "residential-parking": [1.0]}).with_columns(wrong.alias("residential-parking"))
    assert found_in(several, REFERENCE, "TM0855").pointer == "/columns/residential-parking"


def test_long_frames_of_wrong_numbers_and_texts(standard: talent.Standard) -> None:
    long = pl.DataFrame({"community": ["a"], "indicator": ["open-days"], "value": [1.0]})
    # None of these would be read, so that leaving them out in silence would lose what they say.
    for column, wrong in {"community": 1, "unit": 1, "state": True, "sample": "many", "items": 1, "level": True}.items():
        assert found_in(long.with_columns(pl.lit(wrong).alias(column)), standard, "TM0855").pointer == f"/columns/{column}"


def test_mixed_units_in_one_column(small: pl.DataFrame, standard: talent.Standard) -> None:
    mixed = small.with_columns(pl.Series("park-area", [9000.0, 0.9, 13.5]), pl.Series("park-area.unit", ["m2", "ha", "mu"]))
    found = found_in(mixed, standard, "TM0308")
    assert (found.pointer, found.params["rows"], found.params["row_count"]) == ("/rows/1/park-area", "1, 2", "2")
    assert "`ha`" in found.message() and "m2" in found.params["expected"]
    assert talent.assess_frame(mixed, standard, errors="null").to_polars()["conforms"].to_list() == [True, False, False]


def test_duplicate_columns(standard: talent.Standard) -> None:
    twice = pa.Table.from_arrays([pa.array([True]), pa.array([False])], names=["open-days", "open-days"])
    assert [d.code for d in refused(lambda: twice, standard)] == ["TM0854"]
    # pandas itself does not hand such a frame over, and says why.
    found = found_in(pd.DataFrame([[True, False]], columns=["open-days", "open-days"]), standard, "TM0850")
    assert "Duplicate column names" in found.message()
    long = pa.Table.from_arrays([pa.array(["a"]), pa.array(["open-days"]), pa.array([1]), pa.array([2])], names=["community", "indicator", "value", "value"])
    assert found_in(long, standard, "TM0854").pointer == "/columns/value"


def test_empty_frames(small: pl.DataFrame, standard: talent.Standard) -> None:
    columns = talent.assess_frame(small, standard).columns
    long = pl.DataFrame(schema={"community": pl.String, "indicator": pl.String, "value": pl.Float64})
    for empty in (small.clear(), small.clear().to_arrow(), small.to_pandas()[:0], long, small.clear().lazy(), iter([small.clear().to_arrow()])):
        scores = talent.assess_frame(empty, standard)
        assert len(scores) == 0 and scores.columns == columns and [d.code for d in scores.findings] == ["TM0856"]
    nothings: list[object] = [pl.DataFrame(), pa.table({}), iter([])]
    for nothing in nothings:
        assert [d.code for d in talent.check_frame(nothing, standard)] == ["TM0857"]


def test_all_null(small: pl.DataFrame, standard: talent.Standard) -> None:
    for null in (pl.lit(None), pl.lit(None, pl.Float64)):
        frame = small.select("community", *(null.alias(name) for name in ("park-area", "residents-council", "open-days", "facts.population")))
        scores = talent.assess_frame(frame, standard)
        assert {(d.code, d.pointer) for d in scores.findings} == {("TM0858", f"/columns/{name}") for name in ("park-area", "residents-council", "open-days")}
        row = scores.to_arrow().to_pylist()[0]
        # Absence is never strength: nothing is known, and the bounds say so.
        assert (row["coverage"], row["low"], row["high"], row["grade"]) == (0.0, 0.0, 100.0, None)


def test_one_bad_row_of_ten_million(standard: talent.Standard) -> None:
    """As ten million rows come: in many chunks, of which none is kept. The chunk is one and the same, so that the test is quick."""
    rows = 1 << 16
    good = pa.record_batch({"open-days": pa.repeat(True, rows), "residents-council": pa.repeat(2, rows)})
    levels = [2] * rows
    levels[4321] = 7
    bad = pa.record_batch({"open-days": pa.repeat(True, rows), "residents-council": pa.array(levels)})
    at, chunks = 17, 20
    row = at * rows + 4321
    assert row > 1 << 20

    def batches() -> Iterator[pa.RecordBatch]:
        yield from (bad if n == at else good for n in range(chunks))

    stream, done = talent.assess_stream(batches(), standard), 0
    with pytest.raises(talent.AssessError, match=f"TM0311 at /rows/{row}/residents-council"):
        for piece in stream:
            done += len(piece)
    # The stream ends before the chunk with the row; what came before is whole.
    assert done == at * rows
    (found,) = [d for d in stream.findings if d.severity == "error"]
    assert (found.code, found.params["column"], found.params["rows"], found.params["row_count"]) == ("TM0311", "residents-council", str(row), "1")
    assert f"in row {row}" in found.message() and f"第 {row} 行" in found.message("zh")


def test_another_version_of_the_standard(small: pl.DataFrame, standard: talent.Standard) -> None:
    for pin, right, wrong, code in (("id", standard.id, "other", "TM0301"), ("version", standard.version, "2.0.0", "TM0302"), ("digest", standard.digest, "sha256:" + "0" * 64, "TM0303")):
        assert not [d for d in talent.check_frame(small.with_columns(pl.lit(right).alias(f"standard.{pin}")), standard)]
        other = small.with_columns(pl.lit(wrong).alias(f"standard.{pin}"))
        found = found_in(other, standard, code)
        assert found.params["row_count"] == "3" and (pin == "digest" or (found.params["found"], found.params["expected"]) == (wrong, right))
        assert [d.code for d in refused(lambda: other, standard)] == [code]
    # Rows of several standards in one frame: only the others are refused.
    mixed = small.with_columns(pl.Series("standard.version", [standard.version, "0.9.0", None]))
    assert talent.assess_frame(mixed, standard, errors="null").to_polars()["conforms"].to_list() == [True, False, True]


def test_lazy_frames(small: pl.DataFrame, standard: talent.Standard, tmp_path: Path) -> None:
    expected = talent.assess_frame(small, standard)
    small.write_parquet(tmp_path / "small.parquet")
    assert talent.assess_frame(pl.scan_parquet(tmp_path / "small.parquet"), standard) == expected
    # The error of a plan that cannot be run is the plan's own.
    with pytest.raises(FileNotFoundError):
        talent.assess_frame(pl.scan_parquet(tmp_path / "none.parquet"), standard)
    with pytest.raises(pl.exceptions.ColumnNotFoundError):
        talent.assess_frame(small.lazy().select("nothing"), standard)
    # What would have to run elsewhere is refused, with what to do instead.
    for module in ("pyspark.sql", "dask.dataframe"):
        plan = type("DataFrame", (), {"__module__": module, "__arrow_c_stream__": lambda self: 1})
        for entry in (talent.check_frame, talent.assess_frame, talent.assess_stream):
            with pytest.raises(talent.AssessError, match="TM0863.*use ") as raised:
                entry(plan(), standard)
            assert "请使用" in raised.value.diagnostics[0].message("zh")


def test_non_finite_values(small: pl.DataFrame, standard: talent.Standard) -> None:
    wrong = small.with_columns(pl.Series("park-area", [float("nan"), float("inf"), float("-inf")]))
    assert found_in(wrong, standard, "TM0860").pointer == "/rows/0/park-area"
    assert found_in(wrong, standard, "TM0859").params["rows"] == "1, 2"
    for column in ("facts.population", "residents-council", "open-days"):
        infinite = small.with_columns(pl.Series(column, [1.0, float("inf"), 1.0]))
        assert "TM0859" in [d.code for d in refused(lambda: infinite, standard)]
        assert found_in(infinite, standard, "TM0859").pointer == f"/rows/1/{column}"
    # In text, where a long frame of all kinds of answers has its numbers.
    for text, code in (("inf", "TM0859"), ("-Infinity", "TM0859"), ("NaN", "TM0860"), ("1e999", "TM0859")):
        long = pl.DataFrame({"community": ["a"], "indicator": ["park-area"], "value": [text]})
        assert found_in(long, standard, code).pointer == "/rows/0/value"


def latin(type: pa.DataType | None = None) -> pa.Array:
    """Two texts, of which the second is no UTF-8."""
    return pa.Array.from_buffers(type or pa.string(), 2, [None, pa.py_buffer(b"\0\0\0\0\1\0\0\0\2\0\0\0"), pa.py_buffer(b"y\xff")])


NOT_UTF8: dict[str, Callable[[], pa.Array]] = {
    "text": latin,
    "a view": lambda: latin(pa.binary()).cast(pa.binary_view()).view(pa.string_view()),
    "a dictionary": lambda: pa.DictionaryArray.from_arrays(pa.array([0, 1]), latin()),
    "a list": lambda: pa.ListArray.from_arrays(pa.array([0, 1, 2]), latin()),
    "a structure": lambda: pa.StructArray.from_arrays([latin()], ["inside"]),
    "a map": lambda: pa.MapArray.from_arrays(pa.array([0, 1, 2]), latin(), pa.array([1, 2])),
}


@pytest.mark.parametrize("kind", NOT_UTF8)
def test_texts_that_are_no_utf8(kind: str, standard: talent.Standard) -> None:
    # In a column that is only carried along: the result would hand the bytes on as if they were text.
    frame = pa.table({"open-days": [True, False], "note": NOT_UTF8[kind]()})
    found = found_in(frame, standard, "TM0861", keep=["note"])
    assert found.pointer == "/columns/note" and "UTF" in found.params["why"]
    # Nothing else is said: of a frame that could not be read nobody knows what it holds.
    assert [d.code for d in refused(lambda: frame, standard, keep=["note"])] == ["TM0861"]
    assert {d.code for d in talent.check_frame(frame, standard, keep=["note"])} == {"TM0861", "TM0853"}


def test_names_and_metadata_that_are_no_utf8(standard: talent.Standard) -> None:
    name = pa.table([pa.array([True])], schema=pa.schema([pa.field(b"open-days\xff", pa.bool_())]))
    metadata = pa.table({"open-days": [True]}).replace_schema_metadata({b"from": b"\xff"})
    for frame in (name, metadata):
        assert "utf-8" in found_in(frame, standard, "TM0850").message()
        assert [d.code for d in refused(lambda: frame, standard)] == ["TM0850"]


def test_a_library_that_cannot_hand_over_says_why(standard: talent.Standard) -> None:
    mixed = pd.DataFrame({"open-days": [True, False], "park-area": pd.Series([1.0, "a"], dtype=object)})
    found = found_in(mixed, standard, "TM0850")
    assert "park-area" in found.message() and "'a'" in found.message("zh")


def test_ctrl_c_in_a_source_comes_through(small: pl.DataFrame, standard: talent.Standard) -> None:
    def batches(first: bool) -> Iterator[pa.RecordBatch]:
        if not first:
            yield from small.to_arrow().to_batches()
        raise KeyboardInterrupt

    for first in (True, False):
        for entry in (talent.assess_frame, talent.check_frame, lambda f, s: talent.assess_stream(f, s).collect()):
            with pytest.raises(KeyboardInterrupt):
                entry(batches(first), standard)


def shipped(standard: talent.Standard) -> bytes:
    """What the driver of a Spark cluster sends to its executors, as Spark sends it; test_spark.py sends it with a real one."""
    data: bytes = cloudpickle.dumps(talent.spark._task(standard.to_json(), standard.digest, ["open-days"], {"errors": "null"}))
    return data


# An executor: it takes the task apart and runs it on nothing.
EXECUTOR = "import sys, pickle; {first}; list(pickle.loads(sys.stdin.buffer.read())([]))"


@pytest.mark.parametrize(
    ("first", "told"),
    [
        ("sys.modules['talent'] = None", "the executor has no package `talent` that it can load"),
        ("sys.modules['talent._native'] = None", "the executor has no package `talent` that it can load"),
        ("import talent; talent.__version__ = '0.0.9'", "the executor has talent-py 0.0.9, and the driver " + talent.__version__),
    ],
    ids=["none", "broken", "another version"],
)
def test_a_spark_executor_without_the_package(first: str, told: str, standard: talent.Standard) -> None:
    run = subprocess.run([sys.executable, "-I", "-c", EXECUTOR.format(first=first)], input=shipped(standard), capture_output=True, check=False)
    said = run.stderr.decode()
    assert run.returncode == 1 and f"RuntimeError: {told}" in said and talent.__version__ in said and "安装" in said


def test_a_spark_executor_with_the_package(standard: talent.Standard) -> None:
    run = subprocess.run([sys.executable, "-I", "-c", EXECUTOR.format(first="pass")], input=shipped(standard), capture_output=True, check=False)
    assert run.returncode == 0, run.stderr.decode()


def test_nothing_half_written(small: pl.DataFrame, standard: talent.Standard, tmp_path: Path) -> None:
    """As docs/guide/frames.md says: written beside the target and renamed, a stream is there whole or not at all."""
    target, beside = tmp_path / "scores.parquet", tmp_path / "scores.parquet.part"

    def write(levels: list[int]) -> None:
        batches = iter(small.with_columns(pl.Series("residents-council", levels)).to_arrow().to_batches(max_chunksize=1))
        reader = pa.RecordBatchReader.from_stream(talent.assess_stream(batches, standard))
        with pq.ParquetWriter(beside, reader.schema) as writer:
            for batch in reader:
                writer.write_batch(batch)
        beside.rename(target)

    with pytest.raises(pa.ArrowInvalid, match="TM0311 at /rows/2/residents-council"):
        write([2, 1, 9])
    assert not target.exists()
    write([2, 1, 0])
    assert pq.read_table(target).num_rows == 3 and not beside.exists()


def test_a_negative_zero_is_zero(standard: talent.Standard) -> None:
    """Whatever way it takes: as it lies, cell by cell, as a fact, as text in a long frame, in whole numbers and levels."""
    columns = {"park-area": 0.0, "residents-council": 0.0, "open-days": 0.0, "facts.population": 100.0}

    def scores(**more: Any) -> bytes:
        frame = pl.DataFrame({name: [value] for name, value in (columns | more).items()})
        table = talent.assess_frame(frame, standard).to_arrow()
        numbers = [table[name].to_numpy() for name in table.column_names if pa.types.is_floating(table[name].type)]
        assert not any(str(x) == "-0.0" for column in numbers for x in column)
        return b"".join(column.tobytes() for column in numbers)

    plain = scores()
    for name in ("park-area", "residents-council", "open-days"):
        assert scores(**{name: -0.0}) == plain
        assert scores(**{name: -0.0, f"{name}.state": "reported"}) == plain
    assert scores(**{"facts.population": 0.0}) == scores(**{"facts.population": -0.0})
    reference = pl.DataFrame({"stage": ["new"] * 2}).with_columns(pl.Series(i, [0.0, -0.0]) for i in WHOLE)
    row, negative = talent.assess_frame(reference, errors="null").to_arrow().to_pylist()
    assert str(row) == str(negative) and "-0.0" not in str(row)


def test_one_bad_row_of_many(standard: talent.Standard) -> None:
    count, bad = 100_000, 71_828
    area = [900.0] * count
    area[bad] = -1.0
    frame = pl.DataFrame({"park-area": area}).with_columns(pl.lit(100).alias("facts.population"), pl.lit(True).alias("open-days"), pl.lit(2).alias("residents-council"))
    with pytest.raises(talent.AssessError, match=rf"TM0309 at /rows/{bad}/park-area: -1 m2 is not possible .* in row {bad}"):
        talent.assess_frame(frame, standard)
    scores = talent.assess_frame(frame, standard, errors="null").to_polars()
    assert scores.filter(~pl.col("conforms")).select("total", "grade", "scorable").rows() == [(None, None, False)]
    assert scores["total"].null_count() == 1 and scores["total"].n_unique() == 2
    # All of one kind are one finding.
    every = found_in(frame.with_columns(pl.lit(-1.0).alias("park-area")), standard, "TM0309")
    assert (every.params["row_count"], every.params["rows"]) == (str(count), "0, 1, 2, 3, 4")
    assert every.message().endswith("; in 100000 rows, the first: 0, 1, 2, 3, 4") and every.message("zh").endswith("；共 100000 行，最前为第 0, 1, 2, 3, 4 行")


def test_what_is_no_frame_is_refused(standard: talent.Standard) -> None:
    for thing in (5, "frame.csv", {"open-days": [True]}, None):
        with pytest.raises(TypeError, match="data frame"):
            talent.assess_frame(thing, standard)
    for rows in ([{"open-days": True}], iter([1, 2]), iter([pl.DataFrame({"open-days": [True]}).lazy()])):
        with pytest.raises(TypeError, match="an iterator over data frames is needed"):
            talent.assess_frame(rows, standard)


def test_a_source_that_fails_half_way_gives_nothing(small: pl.DataFrame, standard: talent.Standard) -> None:
    def batches() -> Iterator[pa.RecordBatch]:
        yield from small.to_arrow().to_batches()
        raise OSError("the disk is gone")

    found = refused(batches, standard)
    assert [d.code for d in found] == ["TM0850"] and found[0].message() == "the frame cannot be read: OSError: the disk is gone"
    other = small.drop("open-days").to_arrow().to_batches()
    assert "other columns" in refused(lambda: iter([*small.to_arrow().to_batches(), *other]), standard)[0].message()
