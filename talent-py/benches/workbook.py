"""Reads and checks a filled workbook with Talent, and merely loads it with openpyxl, side by side; and times the template and the answer.

    python talent-py/benches/workbook.py

Needs the wheel built with `--release`, and `openpyxl` (see requirements-dev.txt). The workbook is the example of New Shougang as the engine writes it.
"""

from __future__ import annotations

import io
import pathlib
import time
from collections.abc import Callable

import openpyxl

import talent

ROOT = pathlib.Path(__file__).resolve().parents[2]


def best(run: Callable[[], object], rounds: int) -> float:
    """The shortest of some runs, in milliseconds."""
    shortest = float("inf")
    for _ in range(rounds):
        start = time.perf_counter()
        run()
        shortest = min(shortest, time.perf_counter() - start)
    return shortest * 1000


def main() -> None:
    submission = talent.Submission.load(ROOT / "docs/examples/new-shougang.submission.json")
    form = talent.convert(submission, lang="zh")
    table = talent.convert(submission, layout="long")
    rows: list[tuple[str, float]] = [
        ("openpyxl: load_workbook", best(lambda: openpyxl.load_workbook(io.BytesIO(form)), 5)),
        ("openpyxl: load_workbook, read-only, every row", best(lambda: _rows(form), 5)),
        ("talent: check (read, understand, check against the standard)", best(lambda: talent.check(form), 20)),
        ("talent: annotate (the same, and the answer written)", best(lambda: talent.annotate(form), 20)),
        ("talent: check of the same answers as a long CSV", best(lambda: talent.check(table), 20)),
        ("talent: template, all stages", best(lambda: talent.template(lang="zh"), 20)),
    ]
    loading = rows[0][1]
    print(f"{len(form):,} bytes, {len(submission.to_dict()['observations'])} observations\n")
    print("| | ms | openpyxl's loading is |\n|---|--:|--:|")
    for name, took in rows:
        print(f"| {name} | {took:.1f} | {loading / took:.1f} × |")


def _rows(form: bytes) -> int:
    book = openpyxl.load_workbook(io.BytesIO(form), read_only=True)
    return sum(1 for sheet in book for _ in sheet.iter_rows(values_only=True))


if __name__ == "__main__":
    main()
