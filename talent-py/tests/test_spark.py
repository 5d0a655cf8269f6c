"""Frames on a real local Spark: the same scores as on one machine. Left out where Spark is not installed (requirements-spark.txt)."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa
import pytest
import talent
import talent.spark

pyspark = pytest.importorskip("pyspark")
if shutil.which("java") is None:
    pytest.skip("Spark needs Java", allow_module_level=True)

# Spark's own use of deprecated things is not the engine's.
pytestmark = [pytest.mark.filterwarnings("ignore"), pytest.mark.parallel_threads(1)]


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    from pyspark.sql import SparkSession

    os.environ["PYSPARK_PYTHON"] = os.environ["PYSPARK_DRIVER_PYTHON"] = sys.executable
    builder = SparkSession.builder.master("local[2]").appName("frames").config("spark.ui.enabled", "false").config("spark.sql.shuffle.partitions", "2")
    session = builder.config("spark.driver.host", "127.0.0.1").config("spark.sql.execution.arrow.maxRecordsPerBatch", "500").getOrCreate()
    yield session
    session.stop()


def frame(rows: int) -> pl.DataFrame:
    return pl.DataFrame({
        "community": [f"c{n}" for n in range(rows)],
        "park-area": [None if n % 11 == 0 else float(n % 1700) for n in range(rows)],
        "facts.population": [100.0] * rows,
        "residents-council": [n % 3 for n in range(rows)],
        "open-days": ["yes" if n % 5 else "no" for n in range(rows)],
    })


def test_a_cluster_gives_what_one_machine_gives(spark: Any, standard: talent.Standard) -> None:
    rows = frame(3000)
    expected = talent.assess_frame(rows, standard).to_polars().sort("community")
    scored = talent.spark.assess(spark.createDataFrame(rows.to_arrow()).repartition(3), standard)
    assert scored.columns == expected.columns
    got = pl.DataFrame(scored.toArrow()).sort("community")
    assert got.equals(expected)


def test_columns_are_checked_before_anything_runs(spark: Any, standard: talent.Standard) -> None:
    wrong = spark.createDataFrame(frame(5).rename({"open-days": "open_days"}).to_arrow())
    with pytest.raises(talent.AssessError, match="TM0852"):
        talent.spark.assess(wrong, standard)
    with pytest.raises(talent.AssessError, match="TM0863"):
        talent.assess_frame(wrong, standard)
    with pytest.raises(TypeError, match="Spark"):
        stranger: Any = frame(5)
        talent.spark.assess(stranger, standard)


def test_a_bad_row_fails_or_has_no_scores(spark: Any, standard: talent.Standard) -> None:
    rows = spark.createDataFrame(frame(10).with_columns(pl.Series("park-area", [-1.0] + [900.0] * 9)).to_arrow())
    with pytest.raises(Exception, match="TM0309"):
        talent.spark.assess(rows, standard).collect()
    scored = pl.DataFrame(talent.spark.assess(rows, standard, errors="null").toArrow())
    assert scored.filter(~pl.col("conforms"))["total"].to_list() == [None]


def test_an_executor_without_the_package_says_so(spark: Any, standard: talent.Standard, tmp_path: Path) -> None:
    # Before everything else on the executor's path lies a `talent` that cannot be imported.
    (tmp_path / "talent.py").write_text("raise ModuleNotFoundError('no talent here')\n")
    task = talent.spark._task(standard.to_json(), standard.digest, [], {})
    place = str(tmp_path)

    def without(batches: Any) -> Any:
        import sys

        for name in [name for name in sys.modules if name.split(".")[0] == "talent"]:
            del sys.modules[name]
        sys.path.insert(0, place)
        try:
            yield from task(batches)
        finally:
            sys.path.remove(place)

    with pytest.raises(Exception, match="the executor has no package `talent` that it can load .no talent here"):
        spark.createDataFrame(frame(5).select("community").to_arrow()).mapInArrow(without, "total double").collect()
    assert pa.table(talent.assess_frame(frame(5), standard)).num_rows == 5
