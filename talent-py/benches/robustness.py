"""Ten thousand draws of weights over 1,000 units and 115 indicators: Talent with ranks, intervals, rank acceptability and ties, beside what numpy needs for scores and ranks alone.
Then how the time grows with draws, units and indicators, one of them at a time.

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


def prepare(values: np.ndarray) -> talent.Index:
    """An index of a table with a row for every unit and a column for every indicator, normalised."""
    codes = [f"i{at}" for at in range(values.shape[1])]
    columns = {"unit": [f"u{at}" for at in range(values.shape[0])], **{code: values[:, at] for at, code in enumerate(codes)}}
    return talent.Index({"code": codes}, columns).normalise("min_max")


def study(draws: int) -> dict[str, object]:
    """All weights equally likely."""
    return {"factors": [{"id": "weights", "vary": {"type": "weights", "spread": {"type": "dirichlet"}}}], "draws": draws}


def growth() -> None:
    """Prints the time of one size after the other. What an analysis holds of its draws is a score of 8 bytes and a rank of 4 for every unit and draw."""
    sizes = [(DRAWS // part, UNITS, INDICATORS) for part in (8, 4, 2, 1)]
    sizes += [(DRAWS, UNITS // part, INDICATORS) for part in (8, 4, 2)]
    sizes += [(DRAWS, UNITS, INDICATORS * times) for times in (2, 4)]
    print(f"\n{'draws':>8} {'units':>8} {'indicators':>10} {'ms':>8} {'ns a score':>10} {'MB of draws':>11}")
    for draws, units, indicators in sizes:
        values = np.random.default_rng(1).uniform(0, 100, (units, indicators))
        index, of = prepare(values).aggregate("arithmetic", missing="exclude"), study(draws)
        spent = best(lambda index=index, of=of: index.robustness(of), 3)
        print(f"{draws:8} {units:8} {indicators:10} {spent:8.0f} {spent * 1e6 / draws / units:10.1f} {12 * draws * units / 1e6:11.0f}")


def main() -> None:
    rng = np.random.default_rng(1)
    values = rng.uniform(0, 100, (UNITS, INDICATORS))

    def scores() -> np.ndarray:
        return rng.dirichlet(np.ones(INDICATORS), DRAWS) @ values.T

    def ranks() -> np.ndarray:
        return (-scores()).argsort(axis=1).argsort(axis=1) + 1

    prepared = prepare(values)
    rows = [("numpy, scores", best(scores)), ("numpy, scores and ranks", best(ranks))]
    for how in ("arithmetic", "geometric"):
        index = prepared.aggregate(how, missing="exclude")
        rows.append((f"talent, {how}, everything", best(lambda index=index: index.robustness(study(DRAWS)), 3)))
    base = rows[1][1]
    for name, spent in rows:
        print(f"{name:32} {spent:8.0f} ms  {spent / base:6.2f}")
    growth()


if __name__ == "__main__":
    main()
