"""Ten thousand draws of weights over 1,000 units and 115 indicators: Talent with ranks, intervals, rank acceptability and ties, beside what numpy needs for scores and ranks alone.

Run with a wheel built by `maturin build --release` and the packages of requirements-dev.txt installed.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np

import talent

UNITS, INDICATORS, DRAWS = 1_000, 115, 10_000


def best(run: Callable[[], object], times: int = 5) -> float:
    """The least of several runs, in milliseconds."""
    spent = []
    for _ in range(times):
        start = time.perf_counter()
        run()
        spent.append(time.perf_counter() - start)
    return min(spent) * 1e3


def main() -> None:
    rng = np.random.default_rng(1)
    values = rng.uniform(0, 100, (UNITS, INDICATORS))

    def scores() -> np.ndarray:
        return rng.dirichlet(np.ones(INDICATORS), DRAWS) @ values.T

    def ranks() -> np.ndarray:
        return (-scores()).argsort(axis=1).argsort(axis=1) + 1

    codes = [f"i{at}" for at in range(INDICATORS)]
    columns = {"unit": [f"u{at}" for at in range(UNITS)], **{code: values[:, at] for at, code in enumerate(codes)}}
    prepared = talent.Index({"code": codes}, columns).normalise("min_max")
    study = {"factors": [{"id": "weights", "vary": {"type": "weights", "spread": {"type": "dirichlet"}}}], "draws": DRAWS}
    rows = [("numpy, scores", best(scores)), ("numpy, scores and ranks", best(ranks))]
    for how in ("arithmetic", "geometric"):
        index = prepared.aggregate(how, missing="exclude")
        rows.append((f"talent, {how}, everything", best(lambda index=index: index.robustness(study), 3)))
    base = rows[1][1]
    for name, spent in rows:
        print(f"{name:32} {spent:8.0f} ms  {spent / base:6.2f}")


if __name__ == "__main__":
    main()
