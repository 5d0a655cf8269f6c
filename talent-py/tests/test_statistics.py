"""Imputation, treatment, linear programmes and the Mazziotta-Pareto family beside other programs that do the same: scikit-learn, scipy, numpy, and the formulas of the R package Compind."""

import math
import random
from typing import Any

import numpy as np
import pytest
import talent

pytestmark = pytest.mark.filterwarnings("ignore")

UNITS, MEMBERS = 40, 5
CODES = [f"c{j}" for j in range(MEMBERS)]


def matrix(gaps: float = 0.0) -> Any:
    """Members that go together, as indicators do, some of them missing."""
    generator = random.Random(20261124)
    common = [generator.gauss(0, 1) for _ in range(UNITS)]
    table = np.array([[math.exp(0.4 * (common[i] + generator.gauss(0, 1))) * (j + 1) for j in range(MEMBERS)] for i in range(UNITS)])
    for i in range(UNITS):
        for j in range(1, MEMBERS):
            if generator.random() < gaps:
                table[i, j] = math.nan
    return table


def index(table: Any, **columns: Any) -> talent.Index:
    codes = CODES[: table.shape[1]]
    return talent.Index({"code": codes, **columns}, {"unit": [f"u{i}" for i in range(len(table))], **{code: table[:, j] for j, code in enumerate(codes)}})


def values(index: talent.Index) -> Any:
    result = index.aggregate("arithmetic", missing="exclude").result
    return np.array([result.values[code] for code in result.indicators]).T


def scores(index: talent.Index, how: str, **more: Any) -> Any:
    return np.array(list(index.aggregate(how, missing="refuse", **more).scores.values()))


def test_nearest_neighbours_are_those_of_scikit_learn() -> None:
    from sklearn.impute import KNNImputer

    table = matrix(gaps=0.15)
    mean, deviation = np.nanmean(table, axis=0), np.nanstd(table, axis=0)
    theirs = KNNImputer(n_neighbors=4).fit_transform((table - mean) / deviation) * deviation + mean
    assert values(index(table).impute("knn", neighbours=4)) == pytest.approx(theirs, abs=1e-12)


def test_a_regression_is_that_of_numpy() -> None:
    table = matrix()
    holes = table.copy()
    holes[[3, 17, 30], 4] = math.nan
    known = ~np.isnan(holes[:, 4])
    design = np.column_stack([np.ones(UNITS), table[:, :4]])
    slopes = np.linalg.lstsq(design[known], table[known, 4], rcond=None)[0]
    assert values(index(holes).impute("regression"))[~known, 4] == pytest.approx((design @ slopes)[~known], abs=1e-10)


def test_expectation_maximisation_ends_where_the_likelihood_is_greatest() -> None:
    table = matrix(gaps=0.1)
    found = values(index(table).impute("em", rounds=2000, tolerance=1e-9))
    # At the maximum another round by numpy's own algebra changes nothing.
    mean = found.mean(axis=0)
    spread = np.zeros((MEMBERS, MEMBERS))
    rests = []
    for row, filled in zip(table, found, strict=True):
        gone = np.isnan(row)
        rest = np.zeros((MEMBERS, MEMBERS))
        rests.append((gone, rest))
        spread += np.outer(filled - mean, filled - mean)
    for _ in range(500):
        total = sum((rest for _, rest in rests), spread.copy()) / UNITS
        for gone, rest in rests:
            if gone.any():
                known = ~gone
                rest[np.ix_(gone, gone)] = total[np.ix_(gone, gone)] - total[np.ix_(gone, known)] @ np.linalg.solve(total[np.ix_(known, known)], total[np.ix_(known, gone)])
    total = sum((rest for _, rest in rests), spread.copy()) / UNITS
    for row, filled in zip(table, found, strict=True):
        gone = np.isnan(row)
        if gone.any():
            known = ~gone
            expected = mean[gone] + total[np.ix_(gone, known)] @ np.linalg.solve(total[np.ix_(known, known)], row[known] - mean[known])
            assert filled[gone] == pytest.approx(expected, rel=1e-6)


def test_box_cox_is_that_of_scipy() -> None:
    from scipy import stats

    table = matrix()
    found = values(index(table).treat("box_cox", always=True))
    for j in range(MEMBERS):
        theirs, _ = stats.boxcox(table[:, j])
        # Both search for the exponent; the likelihood is flat at its summit.
        assert found[:, j] == pytest.approx(theirs, rel=1e-5)
    fixed = values(index(table).treat({"type": "box_cox", "lambda": 0.5}, always=True))
    assert fixed[:, 0] == pytest.approx(stats.boxcox(table[:, 0], lmbda=0.5), rel=1e-12)


def test_quantiles_are_those_of_numpy_and_winsorised_values_those_of_scipy() -> None:
    from scipy.stats.mstats import winsorize

    table = matrix()
    found = values(index(table).treat("quantiles", low=0.1, high=0.9, always=True))
    assert found == pytest.approx(np.clip(table, np.quantile(table, 0.1, axis=0), np.quantile(table, 0.9, axis=0)), abs=1e-12)
    # One column with two values far out: both programs set them to the next one.
    column = np.array([*range(1, 39), 900.0, 1000.0]).reshape(-1, 1)
    found = values(index(column).treat("winsorise"))
    assert found[:, 0] == pytest.approx(np.asarray(winsorize(column[:, 0], limits=(0, 2 / 40))), abs=0)


@pytest.mark.parametrize(("least", "most"), [(0.0, 1.0), (0.1, 0.5)])
def test_the_benefit_of_the_doubt_is_the_linear_programme_of_scipy(least: float, most: float) -> None:
    from scipy.optimize import linprog

    table = matrix()
    found = scores(index(table), "benefit_of_the_doubt", least=least, most=most)
    for unit in range(UNITS):
        own = table[unit]
        shares = [np.diag(own) * s - f * np.outer(np.ones(MEMBERS), own) * s for s, f in ((-1, least), (1, most))]
        programme = linprog(-own, A_ub=np.vstack([table, *shares]), b_ub=[1.0] * UNITS + [0.0] * 2 * MEMBERS, method="highs")
        assert found[unit] == pytest.approx(-programme.fun, abs=1e-8)


def test_mazziotta_and_pareto_with_the_conventions_of_compind() -> None:
    table = matrix()
    # `ci_mpi`: standard scores of mean 100 and deviation 10 and the deviation across members both with n - 1; its `POS` is a penalty downwards.
    z = (table - table.mean(axis=0)) / table.std(axis=0, ddof=1) * 10 + 100
    mean, deviation = z.mean(axis=1), z.std(axis=1, ddof=1)
    scaled = index(table).normalise("z_score", mean=100, deviation=10)
    assert scores(scaled, "mpi", deviation="sample") == pytest.approx(mean * (1 - (deviation / mean) ** 2), abs=1e-10)
    assert scores(scaled, "mpi", deviation="sample", penalty="up") == pytest.approx(mean * (1 + (deviation / mean) ** 2), abs=1e-10)


def test_the_adjusted_index_over_time_with_the_conventions_of_compind() -> None:
    # `ci_ampi`: the range of all periods around a reference, here the mean of the first period; the deviation across members with n.
    table, half = matrix(), UNITS // 2
    units = [f"u{i}" for i in range(half)] * 2
    times = [2020] * half + [2021] * half
    signs = np.array([1, -1, 1, 1, -1])
    centre, delta = table[:half].mean(axis=0), (table.max(axis=0) - table.min(axis=0)) / 2
    scaled = (table - (centre - delta)) / (2 * delta) * 60 + 70
    scaled = np.where(signs > 0, scaled, 200 - scaled)
    mean, deviation = scaled.mean(axis=1), scaled.std(axis=1)
    panel = talent.Index({"code": CODES, "direction": signs}, {"unit": units, "year": times, **{code: table[:, j] for j, code in enumerate(CODES)}}, time="year")
    found = scores(panel.normalise("around_reference", time="2020"), "ampi")
    assert found == pytest.approx(mean - deviation**2 / mean, abs=1e-10)
    # A unit in a period as the reference: its own scores are 100 throughout.
    result = panel.normalise("around_reference", time="2021", unit="u3").aggregate("ampi", missing="refuse").result
    assert result.scores["u3", "2021"] == pytest.approx(100, abs=1e-12)


def test_copeland_counts_the_majorities() -> None:
    table = matrix()
    weights = [0.3, 0.25, 0.2, 0.15, 0.1]
    wins = np.array([[sum(w for w, x, y in zip(weights, a, b, strict=True) if x > y) for b in table] for a in table])
    assert scores(index(table, weight=weights), "copeland").tolist() == np.sign(wins - wins.T).round(12).sum(axis=1).tolist()


def test_best_and_worst_are_the_linear_programme_of_scipy() -> None:
    from scipy.optimize import linprog

    codes = ["price", "quality", "comfort", "safety", "style"]
    best_to, to_worst = {"price": 2, "quality": 1, "comfort": 4, "safety": 3, "style": 8}, {"price": 4, "quality": 8, "comfort": 4, "safety": 2, "style": 1}
    # Unknowns: the five weights, and the greatest difference, which is to be least.
    rows: list[Any] = []
    for j, code in enumerate(codes):
        for ratio, of, over in ((best_to[code], 1, j), (to_worst[code], j, 4)):
            row = np.zeros(6)
            row[of] += 1
            row[over] -= ratio
            rows += [row * sign - np.eye(6)[5] for sign in (1, -1)]
    programme = linprog([0] * 5 + [1], A_ub=rows, b_ub=[0] * len(rows), A_eq=[[1] * 5 + [0]], b_eq=[1], method="highs")
    table = talent.Index({"code": codes}, {"unit": ["a", "b"], **{code: [1, 2] for code in codes}})
    step = table.weigh("best_worst", best="quality", worst="style", best_to=best_to, to_worst=to_worst)
    top = step.aggregate("arithmetic", missing="refuse").result.top
    assert list(top.weights.values()) == pytest.approx(programme.x[:5], abs=1e-9)
    assert list(top.measures.values()) == pytest.approx([programme.fun], abs=1e-9)


def test_equal_influence_is_an_equal_correlation_with_the_score() -> None:
    table = matrix()
    result = index(table).weigh("equal_influence").aggregate("arithmetic", missing="refuse").result
    score = np.array(list(result.scores.values()))
    correlations = [np.corrcoef(table[:, j], score)[0, 1] for j in range(MEMBERS) if result.top.weights[CODES[j]] > 0]
    assert len(correlations) > 2 and correlations == pytest.approx([correlations[0]] * len(correlations), abs=1e-10)
