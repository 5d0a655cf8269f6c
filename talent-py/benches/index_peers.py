"""Scores 10,000 units by 115 indicators with Talent and with other programs, side by side, and prints the tables of docs/performance.md.

    python talent-py/benches/index_peers.py

Needs the wheel built with `--release` and the packages of requirements-dev.txt. Everybody starts from what it holds already: Talent from a data frame with a column of names (pandas, whose
numbers are copied, and polars, whose numbers are shared), the others from a matrix of doubles. Rounds of all programs alternate, and the best round of each counts, so that what else the machine does meets all of them alike.
"""

from __future__ import annotations

import time
import warnings
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import talent

UNITS, INDICATORS = 10_000, 115


def data(units: int, indicators: int) -> tuple[dict[str, Any], pd.DataFrame, Any, Any]:
    """The table of indicators, the table of values, and the same as a matrix with weights."""
    generator = np.random.default_rng(20261124)
    matrix = generator.uniform(1, 100, size=(units, indicators))
    weights = np.ones(indicators) / indicators
    codes = [f"c{j}" for j in range(indicators)]
    frame = pd.DataFrame(matrix, columns=codes)
    frame.insert(0, "unit", [f"unit {i}" for i in range(units)])
    return {"code": codes, "weight": weights}, frame, matrix, weights


def numpy_sum(matrix: Any, weights: Any) -> Any:
    low, high = matrix.min(axis=0), matrix.max(axis=0)
    return ((matrix - low) / (high - low)) @ weights


def numpy_topsis(matrix: Any, weights: Any) -> Any:
    scaled = matrix / np.sqrt((matrix**2).sum(axis=0)) * weights
    best = np.sqrt(((scaled - scaled.max(axis=0)) ** 2).sum(axis=1))
    worst = np.sqrt(((scaled - scaled.min(axis=0)) ** 2).sum(axis=1))
    return worst / (best + worst)


def index(indicators: dict[str, Any], frame: pd.DataFrame, how: str) -> Any:
    """From the frame to an array of scores."""
    table = talent.Index(indicators, frame)
    if how != "topsis":
        table = table.normalise("min_max", low=1 if how == "geometric" else 0, high=100)
    return table.aggregate(how, missing="refuse").result.array()


def peers(how: str, matrix: Any, weights: Any) -> dict[str, Callable[[], Any]]:
    from pymcdm import methods, normalizations
    from pyrepo_mcda import mcda_methods
    from pyrepo_mcda import normalizations as scalings
    from skcriteria import mkdm
    from skcriteria.agg.similarity import TOPSIS
    from skcriteria.agg.simple import WeightedSumModel
    from skcriteria.preprocessing.scalers import MinMaxScaler, VectorScaler

    n = len(weights)
    up = np.ones(n)
    if how == "arithmetic":
        scaler, model = MinMaxScaler("matrix"), WeightedSumModel()
        return {
            "numpy": lambda: numpy_sum(matrix, weights),
            "pyrepo-mcda": lambda: mcda_methods.SAW(normalization_method=scalings.minmax_normalization)(matrix, weights, up),
            "scikit-criteria": lambda: model.evaluate(scaler.transform(mkdm(matrix, [max] * n, weights=weights))).e_.score,
            "pymcdm": lambda: methods.WSM(normalizations.minmax_normalization)(matrix, weights, up),
        }
    vector, closeness = VectorScaler("matrix"), TOPSIS()
    return {
        "numpy": lambda: numpy_topsis(matrix, weights),
        "pyrepo-mcda": lambda: mcda_methods.TOPSIS(normalization_method=scalings.vector_normalization)(matrix, weights, up),
        "scikit-criteria": lambda: closeness.evaluate(vector.transform(mkdm(matrix, [max] * n, weights=weights))).e_.similarity,
        "pymcdm": lambda: methods.TOPSIS(normalizations.vector_normalization)(matrix, weights, up),
    }


def best(calls: dict[str, Callable[[], Any]], rounds: int) -> dict[str, float]:
    """The seconds of each call's best round."""
    found = dict.fromkeys(calls, float("inf"))
    for _ in range(rounds):
        for name, call in calls.items():
            start = time.perf_counter()
            call()
            found[name] = min(found[name], time.perf_counter() - start)
    return found


def main() -> None:
    warnings.simplefilter("ignore")
    indicators, frame, matrix, weights = data(UNITS, INDICATORS)
    shared = pl.from_pandas(frame)
    for how, title in (("arithmetic", "min-max and weighted sum"), ("topsis", "TOPSIS")):
        own = {"Talent, polars": lambda how=how: index(indicators, shared, how), "Talent, pandas": lambda how=how: index(indicators, frame, how)}
        calls = {**own, **peers(how, matrix, weights)}
        for name, call in calls.items():
            scores = np.asarray(call()) / (100 if name in own and how == "arithmetic" else 1)
            assert np.allclose(scores, np.asarray(calls["numpy"]()), atol=1e-9), name
        found = best(calls, 25)
        print(f"\n{UNITS} units × {INDICATORS} indicators, {title}:\n\n| | ms | × numpy |\n|---|---|---|")
        for name, seconds in found.items():
            print(f"| {name} | {seconds * 1e3:.2f} | {seconds / found['numpy']:.2f} |")
    found = best({how: lambda how=how: index(indicators, frame, how) for how in ("arithmetic", "geometric")}, 15)
    print(f"\nGeometric over arithmetic mean: {found['geometric'] / found['arithmetic']:.2f}")
    print("\nGrowth, min-max and weighted sum:\n\n| units | indicators | ms | ns a value |\n|---|---|---|---|")
    for units, columns in ((1_000, 115), (10_000, 115), (100_000, 115), (10_000, 30), (10_000, 460)):
        indicators, frame, _, _ = data(units, columns)
        seconds = best({"": lambda i=indicators, f=frame: index(i, f, "arithmetic")}, 7)[""]
        print(f"| {units} | {columns} | {seconds * 1e3:.2f} | {seconds / units / columns * 1e9:.1f} |")


if __name__ == "__main__":
    main()
