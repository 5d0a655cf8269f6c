"""Other Python threads run while the engine works, and what each gets does not depend on the others."""

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import polars as pl
import pyarrow as pa
import pytest
import talent

THREADS = 8


def test_the_interpreter_is_free_while_a_text_is_read() -> None:
    # As many values as a document may have, each as long as a double can be.
    numbers = ",".join(f"{i + 1 / 3:.17g}" for i in range(190_000))
    text = '{"kind":"community","model":"1.0","id":"r","name":{"en":"R"},"extensions":{"a":[' + numbers + "]}}"
    data = text.encode()
    running, done = threading.Event(), threading.Event()

    def read() -> None:
        running.set()
        try:
            talent.Community.from_json(data)
        finally:
            done.set()

    worker = threading.Thread(target=read)
    worker.start()
    running.wait()
    start, ticks = time.perf_counter(), 0
    while not done.is_set():
        time.sleep(0.001)
        ticks += 1
    spent = time.perf_counter() - start
    worker.join()
    # With the interpreter held, this thread would come to its turn once or twice.
    assert ticks >= 5, f"{ticks} turns in {spent:.3f} s"


def at_once(work: Callable[[int], object]) -> list[object]:
    """What the work gives in each of several threads, which begin together so that they meet where something is made for the first time."""
    barrier = threading.Barrier(THREADS)

    def run(number: int) -> object:
        barrier.wait()
        return work(number)

    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(run, range(THREADS)))


def everything(standard: talent.Standard, submission: talent.Submission, small: pl.DataFrame) -> dict[str, Callable[[], object]]:
    """Work of every kind on the same objects; each gives something that can be compared to the last bit."""
    hilltop = talent.Submission.from_json(submission.to_json().replace("riverside", "hilltop").replace("120000", "60000"))
    index = talent.Index({"code": ["parks", "rent"]}, {"unit": ["A", "B", "C"], "parks": [2, 6, 4], "rent": [1, 3, 2]}).normalise("min_max").aggregate("arithmetic", missing="exclude")
    return {
        "assessment": lambda: talent.assess(submission, standard).to_json(),
        "report": lambda: talent.assess(submission, standard).to_html(standard),
        "check": lambda: talent.check(submission, standard),
        "frame": lambda: talent.assess_frame(small, standard).to_polars().rows(),
        "stream": lambda: talent.assess_stream(iter(small.to_arrow().to_batches(max_chunksize=1)), standard).collect().to_polars().rows(),
        "findings": lambda: talent.check_frame(small.with_columns(pl.lit("ha").alias("park-area.unit")), standard)[:],
        "comparison": lambda: talent.compare([submission, hilltop], standard, draws=50).to_json(),
        "index": lambda: index.result.to_json(),
        "robustness": lambda: index.robustness(draws=50).to_json(),
        "digests": lambda: (standard.digest, submission.digest, hash(index), talent.reference().digest),
        "template": lambda: talent.template(standard),
    }


def test_eight_threads_get_what_one_gets(root: Path, submission: talent.Submission, small: pl.DataFrame) -> None:
    path = root / "docs/examples/minimal/standard.json"
    alone = {name: work() for name, work in everything(talent.Standard.load(path), submission, small).items()}
    # A standard of their own, in which nothing has been computed yet; every thread begins elsewhere in the list.
    works = list(everything(talent.Standard.load(path), submission, small).items())

    def all_from(start: int) -> dict[str, object]:
        return {name: work() for name, work in works[start:] + works[:start]}

    for found in at_once(all_from):
        assert found == alone


def test_one_stream_is_shared_out_among_threads(standard: talent.Standard, small: pl.DataFrame) -> None:
    batch = small.to_arrow().to_batches()[0]
    stream = talent.assess_stream((batch for _ in range(200)), standard)
    rows = at_once(lambda _: sum(len(piece) for piece in stream))
    assert sum(int(str(count)) for count in rows) == 600 and len(stream.collect()) == 0


def test_two_readers_of_one_arrow_stream_do_not_wait_for_each_other(standard: talent.Standard, small: pl.DataFrame) -> None:
    """The source needs the interpreter, which a reader may hold: the second is refused, and nobody hangs."""
    inside, leave = threading.Event(), threading.Event()

    def batches() -> Iterator[pa.RecordBatch]:
        yield small.to_arrow().to_batches()[0]
        inside.set()
        assert leave.wait(60)
        yield small.to_arrow().to_batches()[0]

    stream = talent.assess_stream(batches(), standard)
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(lambda: pa.table(stream))
        assert inside.wait(60)
        with pytest.raises(Exception, match="read by another thread"):
            pl.DataFrame(stream)
        leave.set()
        assert first.result().num_rows == 6


def test_the_module_does_not_need_the_lock(root: Path) -> None:
    """What free-threaded Python asks of a module; whether that is sound is said beside the declaration, and held by the tests above."""
    assert "#[pyo3::pymodule(gil_used = false)]" in (root / "talent-py/src/lib.rs").read_text(encoding="utf-8")
