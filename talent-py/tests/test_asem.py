"""The ASEM Sustainable Connectivity Index: 49 indicators of 51 countries on four levels, against what COINr 1.0 prints of the same steps.

Sources: COINr's vignettes "Presenting results", "Outlier treatment" and "Imputation" (bluefoxr.github.io/COINr); the data are described in data/README.md.
"""

import csv
from pathlib import Path
from typing import Any

import pytest
import talent

DATA = Path(__file__).parent / "data"


def read(name: str) -> list[dict[str, Any]]:
    """A CSV file as rows, with numbers as numbers: what any reader of data frames does."""

    def cell(text: str) -> Any:
        try:
            return float(text) if text else None
        except ValueError:
            return text

    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return [{name: cell(text) for name, text in row.items()} for row in csv.DictReader(file)]


def asem() -> talent.Index:
    return talent.Index(read("asem-indicators.csv"), read("asem-values.csv"))


def built() -> talent.IndexResult:
    """The steps of COINr's `build_example_coin`."""
    index = asem().denominate().impute("mean", group="EurAsia_group").screen(units=0.9)
    # COINr treats by winsorisation, and what that does not tame by the logarithm.
    index = index.treat("winsorise", most=5).treat("log")
    return index.normalise("min_max").aggregate("arithmetic", missing="exclude").rank().result


PILLARS = ["Index", "Conn", "Sust", "Physical", "ConEcFin", "Political", "Instit", "P2P", "Environ", "Social", "SusEcFin"]
# `get_results(coin, dset = "Aggregated", tab_type = "Aggs")`, the first six rows.
PRINTED = {
    "CHE": [1, 68.38, 62.79, 73.98, 63.41, 32.87, 74.78, 85.94, 56.93, 77.21, 87.85, 56.88],
    "NLD": [2, 64.82, 61.94, 67.70, 64.87, 46.62, 84.55, 71.74, 41.92, 58.73, 86.58, 57.78],
    "DNK": [3, 64.80, 57.10, 72.51, 50.52, 30.43, 78.13, 75.35, 51.04, 69.83, 86.40, 61.29],
    "NOR": [4, 64.47, 57.44, 71.50, 58.18, 25.70, 80.03, 89.46, 33.80, 70.90, 87.00, 56.59],
    "BEL": [5, 63.54, 63.99, 63.09, 71.97, 48.22, 80.84, 75.60, 43.32, 53.01, 86.17, 50.09],
    "SWE": [6, 63.00, 53.87, 72.12, 51.51, 23.87, 80.98, 74.51, 38.50, 66.37, 87.74, 62.27],
}
# `get_unit_summary(coin, usel = "IND", …)`: score and rank at every group.
INDIA = [(39.79, 45), (28.60, 44), (50.99, 43), (18.78, 48), (6.38, 49), (51.90, 33), (59.84, 37), (6.07, 47), (75.34, 6), (22.74, 51), (54.88, 36)]


def test_scores_and_ranks_are_those_that_coinr_prints() -> None:
    result = built()
    assert len(result.units) == 51 and len(result.indicators) == 49
    for unit, (rank, *scores) in PRINTED.items():
        assert result.ranks[unit] == rank
        for code, score in zip(PILLARS, scores, strict=True):
            assert result.nodes[code].scores[unit] == pytest.approx(score, abs=0.0051), (unit, code)
    for code, (score, rank) in zip(PILLARS, INDIA, strict=True):
        assert result.nodes[code].scores["IND"] == pytest.approx(score, abs=0.0051), code
        assert result.nodes[code].ranks["IND"] == rank, code


def test_outliers_are_those_that_coinr_finds() -> None:
    # `Treat(coin, dset = "Raw")`: skewness and kurtosis of the first six indicators.
    printed = {
        "LPI": (-0.3042681, -0.6567514),
        "Flights": (2.1032872, 4.5088794),
        "Ship": (-0.5756680, -0.6814795),
        "Bord": (2.1482360, 5.7914905),
        "Elec": (2.2252736, 5.7910268),
        "Gas": (2.8294486, 10.3346494),
        "Goods": (2.6499733, 8.2666095),
        "Services": (1.7010849, 2.3756557),
    }
    audit = asem().aggregate("weighted_sum", missing="zero").audit()
    found = {one["code"]: one for one in audit["indicators"]}
    for code, (skewness, kurtosis) in printed.items():
        assert found[code]["skewness"] == pytest.approx(skewness, abs=5.1e-8), code
        assert found[code]["kurtosis"] == pytest.approx(kurtosis, abs=5.1e-8), code
        assert found[code]["outliers"] == (abs(skewness) > 2 and kurtosis > 3.5), code
    # How many values winsorisation changes: `winsorise.nwin`.
    changes = asem().treat("winsorise").aggregate("weighted_sum", missing="zero").result.to_dict()["changes"]
    count = {code: sum(change["indicator"] == code for change in changes) for code in printed}
    assert count == {"LPI": 0, "Flights": 1, "Ship": 0, "Bord": 1, "Elec": 1, "Gas": 1, "Goods": 2, "Services": 0}


def test_gaps_are_filled_as_coinr_fills_them() -> None:
    # The vignette's ten rows: means (`i_mean`), and medians within two groups of five (`i_median_grp`).
    rows = read("asem-values.csv")[36:46]
    names = ["Pat", "CultServ", "CultGood", "Tourist"]
    printed: dict[str, dict[str, list[float]]] = {
        "mean": {"Pat": [23.7, 583.5, 3.6, 249.8, 122.35, 64.2, 0.3, 122.35, 46.5, 7.2], "CultGood": [4.5395, 16.182, 0.985, 4.5395, 4.5395, 7.555, 0.046, 4.5395, 1.213, 1.256]},
        "median": {"Pat": [23.7, 583.5, 3.6, 249.8, 136.75, 64.2, 0.3, 26.85, 46.5, 7.2], "CultGood": [8.5835, 16.182, 0.985, 8.5835, 8.5835, 7.555, 0.046, 1.2345, 1.213, 1.256]},
    }
    index = talent.Index({"code": names}, [{**{name: row[name] for name in names}, "unit": row["uCode"], "group": "a" if at < 5 else "b"} for at, row in enumerate(rows)])
    for how, group in (("mean", None), ("median", "group")):
        filled = index.impute(how, group=group).aggregate("arithmetic", missing="exclude").result.values
        for name, values in printed[how].items():
            assert filled[name] == pytest.approx(values, abs=5e-4), (how, name)
