"""Where the time of scoring on Spark goes: in the engine, and in handing batches over, apart; and the same rows on one machine, in one run.

    python talent-py/benches/spark.py [rows]

Needs Java 17, the wheel built with `maturin build --release` and the packages of both requirements files. Spark runs here with as many executors' threads as
there are cores. Each task times what it does: waiting for a batch (Spark reads Parquet and hands it over as Arrow), scoring it, and handing the scores back.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import frames
import pyarrow as pa
import pyarrow.parquet as pq
import talent
import talent.spark

SIZES = (1_000, 10_000, 50_000)


def timed(task: Any, folder: str) -> Any:
    """A task that does the same, and writes down where its time went."""

    def run(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        spent = {"taking": 0.0, "giving": 0.0, "rows": 0}

        def taken() -> Iterator[pa.RecordBatch]:
            waiting = iter(batches)
            while True:
                start = time.perf_counter()
                batch = next(waiting, None)
                spent["taking"] += time.perf_counter() - start
                if batch is None:
                    return
                spent["rows"] += batch.num_rows
                yield batch

        begun = time.perf_counter()
        for scores in task(taken()):
            start = time.perf_counter()
            yield scores
            spent["giving"] += time.perf_counter() - start
        spent["scoring"] = time.perf_counter() - begun - spent["taking"] - spent["giving"]
        with tempfile.NamedTemporaryFile("w", dir=folder, delete=False) as file:
            json.dump(spent, file)

    return run


def session() -> Any:
    from pyspark.sql import SparkSession

    os.environ["PYSPARK_PYTHON"] = os.environ["PYSPARK_DRIVER_PYTHON"] = sys.executable
    # The executors' threads share the cores already.
    os.environ["RAYON_NUM_THREADS"] = "1"
    builder = SparkSession.builder.master("local[*]").appName("talent").config("spark.ui.enabled", "false").config("spark.driver.memory", "3g")
    return builder.config("spark.driver.host", "127.0.0.1").config("spark.log.level", "ERROR").getOrCreate()


def main(rows: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "in.parquet", Path(folder) / "out.parquet"
        with pq.ParquetWriter(source, frames.table(1, 0).schema) as writer:
            for seed in range(max(1, rows // frames.CHUNK)):
                writer.write_table(frames.table(frames.CHUNK, seed), frames.CHUNK)
        count = pq.ParquetFile(source).metadata.num_rows
        alone = frames.best(lambda: frames.stream(source, target), 2)
        print(f"one machine, Parquet to Parquet: {count:,} rows in {alone:.2f} s")
        spark = session()
        own = talent.spark._task
        for size in SIZES:
            spark.conf.set("spark.sql.execution.arrow.maxRecordsPerBatch", str(size))
            times = Path(folder) / f"times-{size}"
            times.mkdir()
            talent.spark._task = lambda *args: timed(own(*args), str(times))

            def job() -> None:
                scored = talent.spark.assess(spark.read.parquet(str(source)), stage="new", errors="null")
                scored.write.mode("overwrite").parquet(str(Path(folder) / "spark.parquet"))

            job()  # The first starts the workers.
            for file in times.iterdir():
                file.unlink()
            start = time.perf_counter()
            job()
            whole = time.perf_counter() - start
            spent = [json.loads(file.read_text()) for file in times.iterdir()]
            assert sum(task["rows"] for task in spent) == count
            taking, scoring, giving = (sum(task[part] for task in spent) for part in ("taking", "scoring", "giving"))
            print(
                f"Spark, batches of {size:,}: {whole:.2f} s, {whole / alone:.1f} × one machine; over {len(spent)} tasks "
                f"taking batches {taking:.2f} s, scoring {scoring:.2f} s, giving scores back {giving:.2f} s; "
                f"scoring is {scoring / (taking + scoring + giving):.0%}"
            )
        spark.stop()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 500_000)
