"""How fast frames are scored: in memory, from Parquet to Parquet, beside the bare kernel and beside polars; everything in one run.

    python talent-py/benches/frames.py [rows]

The wheel has to be built with `maturin build --release --features bench`; without the feature there is no bare kernel to compare with. Peak memory is that of a process of its own.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import talent

CHUNK = 1 << 16


def asked(stage: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []

    def walk(node: dict[str, Any]) -> None:
        found.extend(node.get("indicators", []))
        for inner in node.get("categories", []):
            walk(inner)

    for scenario in talent.reference().to_dict()["scenarios"]:
        walk(scenario)
    return found


def column(rng: np.random.Generator, indicator: dict[str, Any], rows: int) -> pa.Array:
    quantity = indicator["quantity"]
    match quantity["type"]:
        case "number":
            values = rng.uniform(quantity.get("min", 0), min(quantity.get("max", 100), 1e4), rows)
            return pa.array(np.floor(values) if quantity.get("integer") else values)
        case "level":
            return pa.array(rng.choice([level["level"] for level in quantity["levels"]], rows).astype(float))
        case "yes_no":
            return pa.array(rng.random(rows) < 0.7)
        case _:
            items = [item["id"] for item in quantity["items"]]
            return pa.array([";".join(items[:n]) for n in range(len(items) + 1)]).take(pa.array(rng.integers(0, len(items) + 1, rows)))


def table(rows: int, seed: int, gaps: float = 0.0) -> pa.Table:
    rng = np.random.default_rng(seed)
    columns: dict[str, pa.Array] = {}
    for indicator in asked("new"):
        if "sample" in indicator:
            columns[indicator["id"] + ".sample"] = pa.array(np.full(rows, 1000.0))
        values = column(rng, indicator, rows)
        if indicator["id"] == "residential-parking":
            # In this stage a number of places.
            values = pa.array(np.floor(rng.uniform(0, 100, rows)))
        if gaps and pa.types.is_floating(values.type):
            values = pa.array(values.to_numpy(), mask=rng.random(rows) < gaps)
        columns[indicator["id"]] = values
    for fact, definition in talent.reference().to_dict()["facts"].items():
        if definition["type"] == "number":
            columns[f"facts.{fact}"] = pa.array(rng.uniform(100, 9000, rows))
        elif definition["type"] == "yes_no":
            columns[f"facts.{fact}"] = pa.array(rng.random(rows) < 0.8)
    return pa.table(columns)


def best(work: Callable[[], object], times: int = 3) -> float:
    spent = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        spent.append(time.perf_counter() - start)
    return min(spent)


def bare(table: pa.Table) -> float | None:
    """How long the kernel takes where columns lie ready, on as many threads; nothing where the wheel was built without it."""
    made = getattr(talent._native, "RawKernel", None)
    return None if made is None else best(made(table, talent.reference()._raw, "new").run, 7)


def groups(source: Path) -> Iterator[pa.Table]:
    """The row groups of a file, one after another. Read each by itself, and through a small buffer, they take little more memory than they hold."""
    file = pq.ParquetFile(source, pre_buffer=False, buffer_size=1 << 16)
    return (file.read_row_group(at) for at in range(file.num_row_groups))


def stream(source: Path, target: Path) -> None:
    reader = pa.RecordBatchReader.from_stream(talent.assess_stream(groups(source), stage="new", errors="null"))
    # Scores hardly repeat: a dictionary of them is built in vain. Writing takes one core, and goes on while the next group is read.
    with pq.ParquetWriter(target, reader.schema, compression="snappy", use_dictionary=["grade"]) as writer, ThreadPoolExecutor(1) as pool:
        written = pool.submit(lambda: None)
        for batch in reader:
            written.result()
            written = pool.submit(writer.write_batch, batch)
        written.result()


def by_polars(source: Path, target: Path) -> None:
    scan = pl.scan_parquet(source)
    names = [name for name, kind in scan.collect_schema().items() if kind == pl.Float64]
    scan.select(pl.sum_horizontal(names)).sink_parquet(target, compression="snappy")


def peak(*args: str) -> float:
    """The peak memory of this script with other arguments, in a process of its own, in megabytes."""
    run = subprocess.run([sys.executable, __file__, *args], capture_output=True, text=True, check=True)
    return float(run.stdout.split()[-1])


def held() -> float:
    """The most memory that this process has held, in megabytes. Not `ru_maxrss`, which a process has from its parent."""
    line = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
    return float(line.split()[1]) * 1024 / 1e6


def main(rows: int) -> None:
    for gaps, name in ((0.0, "complete"), (0.05, "one number in twenty missing")):
        whole = pa.concat_tables([table(CHUNK * 2, seed, gaps) for seed in range(max(1, rows // (CHUNK * 2)))])
        count = whole.num_rows
        sound = talent.check_frame(whole.slice(0, CHUNK), stage="new")
        assert sound.conforms, "rows that are refused are not the work to be measured"
        spent = best(lambda: talent.assess_frame(whole, stage="new", errors="null"))
        print(f"{name}: {count:,} rows in memory, {spent:.3f} s, {count / spent / 1e6:.2f} million rows a second")
        for part in (1_000, 10_000, 100_000, count):
            small = whole.slice(0, part).combine_chunks()
            spent = best(lambda: talent.assess_frame(small, stage="new", errors="null"), 7)
            alone = bare(small)
            beyond = f"; the kernel alone {alone * 1e3:8.2f} ms, the frame {100 * (spent / alone - 1):.0f} % more" if alone else ""
            print(f"  {part:>9,} rows: {spent * 1e3:8.2f} ms, {part / spent / 1e6:.2f} million rows a second{beyond}")
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "in.parquet", Path(folder) / "out.parquet"
        schema = table(1, 0).schema
        with pq.ParquetWriter(source, schema) as writer:
            for seed in range(max(1, rows // CHUNK)):
                writer.write_table(table(CHUNK, seed), CHUNK)
        count = pq.ParquetFile(source).metadata.num_rows
        ours, theirs = best(lambda: stream(source, target), 3), best(lambda: by_polars(source, target), 3)
        megabytes = source.stat().st_size / 1e6
        print(f"Parquet to Parquet, {count:,} rows, {megabytes:.0f} MB: {ours:.2f} s; polars reads, sums, writes: {theirs:.2f} s")
        print(f"  speed {theirs / ours:.2f} of polars'")
        chunk, nothing = table(CHUNK, 0).nbytes / 1e6, peak("nothing")
        ours, read = peak("stream", str(source), str(target)), peak("read", str(source))
        print(f"peak memory: {ours:.0f} MB; only reading the same chunks: {read:.0f} MB; importing and doing nothing: {nothing:.0f} MB")
        print(f"  one chunk: {chunk:.0f} MB; more than nothing: {(ours - nothing) / chunk:.1f} chunks, of which reading takes {(read - nothing) / chunk:.1f}")


def read_only(source: Path) -> None:
    for _ in groups(source):
        pass


if __name__ == "__main__":
    # Of the allocators that come with pyarrow the one that keeps least of what is freed.
    pa.set_memory_pool(pa.jemalloc_memory_pool())
    match sys.argv[1:]:
        case ["stream", source, target]:
            stream(Path(source), Path(target))
            print(held())
        case ["read", source]:
            read_only(Path(source))
            print(held())
        case ["nothing"]:
            print(held())
        case rows:
            main(int(rows[0]) if rows else 1_000_000)
