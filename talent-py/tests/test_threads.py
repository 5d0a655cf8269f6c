"""Other Python threads run while the engine works."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import talent


def test_the_interpreter_is_free_while_a_text_is_read() -> None:
    # As many values as a document may have, each as long as a double can be.
    numbers = ",".join(f"{i + 1 / 3:.17g}" for i in range(240_000))
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


def test_results_do_not_depend_on_threads(standard: talent.Standard, submission: talent.Submission) -> None:
    alone = talent.assess(submission, standard).to_json()
    with ThreadPoolExecutor(8) as pool:
        results = set(pool.map(lambda _: talent.assess(submission, standard).to_json(), range(64)))
        reads = set(pool.map(lambda _: talent.reference().digest, range(16)))
    assert results == {alone} and len(reads) == 1
