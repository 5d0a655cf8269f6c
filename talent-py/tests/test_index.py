"""Indices from two tables: what goes in, what comes out, and how it fails."""

import gc
import json
import math
import weakref
from array import array
from collections.abc import Callable
from datetime import date
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
import talent
from arro3.core import Table as Arro3Table

INDICATORS: dict[str, list[Any]] = {
    "code": ["total", "economy", "nature", "jobs", "rent", "parks"],
    "parent": [None, "total", "total", "economy", "economy", "nature"],
    "weight": [None, 2, 1, 1, 1, 1],
    "direction": [None, None, None, 1, -1, "higher"],
}
VALUES: dict[str, list[Any]] = {
    "unit": ["A", "B", "C", "D"],
    "jobs": [10, 30, 20, 12],
    "rent": [50, 90, 70, 55],
    "parks": [3, 1, None, 9],
    "region": ["n", "s", "n", "s"],
}


def simple() -> talent.Index:
    index = talent.Index(INDICATORS, VALUES).impute("mean", group="region")
    return index.normalise("min_max").aggregate("arithmetic", missing="refuse").rank()


def test_the_whole_way() -> None:
    result = simple().result
    assert list(result.nodes) == ["total", "economy", "nature"]
    assert result.nodes["nature"].parent == "total" and result.top.parent is None
    assert result.nodes["nature"].scores == {"A": 25.0, "B": 0.0, "C": 25.0, "D": 100.0}
    # A region's only other value fills the gap of C, which is then scored but not covered.
    assert result.nodes["nature"].coverage == {"A": 1.0, "B": 1.0, "C": 0.0, "D": 1.0}
    assert result.to_dict()["changes"] == [{"step": 0, "unit": "C", "indicator": "parks", "to": 3}]
    assert result.top.weights == {"economy": 2 / 3, "nature": 1 / 3}
    assert result.nodes["economy"].effective_weights == {"jobs": 1 / 3, "rent": 1 / 3}
    assert result.ranks["D"] == 1
    assert result.to_columns()["unit"] == ["A", "B", "C", "D"]
    assert result.group_means("region", "nature") == {"n": (2, 25.0), "s": (2, 50.0)}


def rows(columns: dict[str, list[Any]]) -> list[dict[str, Any]]:
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def coinr() -> tuple[dict[str, list[Any]], dict[str, list[Any]]]:
    """Both tables in COINr's shape, with the row of a group and columns that say nothing."""
    names = {"code": "iCode", "parent": "Parent", "weight": "Weight", "direction": "Direction"}
    table = {names[name]: [*column, None] for name, column in INDICATORS.items()}
    table = {**table, "iCode": [*INDICATORS["code"], "region"], "Type": [*["Aggregate"] * 3, *["Indicator"] * 3, "Group"], "Target": [None] * 7}
    values = {"uCode": VALUES["unit"], "uName": ["Alpha", "Beta", "Gamma", "Delta"], "Time": [2018] * 4}
    return table, {**values, **{name: column for name, column in VALUES.items() if name != "unit"}}


def frames() -> dict[str, tuple[Any, Any]]:
    parks = [math.nan if x is None else x for x in VALUES["parks"]]
    kinds = [("unit", "U1"), ("jobs", "f8"), ("rent", "i4"), ("parks", "f4"), ("region", "U1")]
    table = {**VALUES, "parks": parks}
    structured = np.array(list(zip(*(table[name] for name, _ in kinds), strict=True)), dtype=kinds)
    return {
        "rows": (rows(INDICATORS), rows(VALUES)),
        "arrays": (INDICATORS, {**VALUES, "jobs": array("d", VALUES["jobs"]), "parks": np.array(parks)}),
        "structured": (INDICATORS, structured),
        "pandas": (pd.DataFrame(INDICATORS), pd.DataFrame(VALUES)),
        "nullable": (pd.DataFrame(INDICATORS), pd.DataFrame(VALUES).convert_dtypes()),
        "named": (INDICATORS, pd.DataFrame(VALUES).set_index("unit")),
        "strided": (INDICATORS, {**VALUES, "jobs": np.array([VALUES["jobs"], VALUES["rent"]], dtype=float).T[:, 0]}),
        "coinr": coinr(),
    }


@pytest.mark.parametrize("make", list(frames()))
def test_tables_of_any_make_give_the_same_bytes(make: str) -> None:
    indicators, values = frames()[make]
    again = talent.Index(indicators, values).replay(simple().result.to_dict()["method"])
    assert again.result.to_json() == simple().result.to_json()


ARROW: dict[str, Callable[[dict[str, list[Any]]], Any]] = {
    "polars": pl.DataFrame,
    "polars, many chunks": lambda table: pl.concat([pl.DataFrame(table)[at : at + 1] for at in range(len(next(iter(table.values()))))], rechunk=False),
    "polars, columns": lambda table: {name: pl.Series(name, column) for name, column in table.items()},
    "pyarrow": pa.table,
    "pyarrow, one batch": lambda table: pa.table(table).to_batches()[0],
    "pyarrow, columns": lambda table: {name: pa.array(column) for name, column in table.items()},
    "pyarrow, dictionaries": lambda table: pa.table({n: pa.array(c).dictionary_encode() if isinstance(c[0], str) else c for n, c in table.items()}),
    "duckdb": lambda table: duckdb.from_arrow(pa.table(table)),
    "arro3": lambda table: Arro3Table(pa.table(table)),
    "pandas": pd.DataFrame,
    "pandas over Arrow": lambda table: pd.DataFrame(table).convert_dtypes(dtype_backend="pyarrow"),
}


@pytest.mark.parametrize("make", ARROW)
def test_frames_that_speak_arrow_give_the_same_bytes(make: str) -> None:
    indicators = {**INDICATORS, "direction": [None, None, None, "higher", "lower", "higher"]}
    again = talent.Index(ARROW[make](indicators), ARROW[make](VALUES)).replay(simple().result.to_dict()["method"])
    assert again.result.to_json() == simple().result.to_json()


def test_arrow_columns_of_other_types() -> None:
    indicators = pl.DataFrame({"code": ["a", "b", "c"], "goalposts": [{"low": 0, "high": 4}, None, None]})
    values = {"unit": ["X", "X"], "day": [date(2020, 1, 1), date(2021, 1, 1)], "a": pl.Series([1, 3], dtype=pl.UInt8), "b": [True, False]}
    frame = pl.DataFrame({**values, "c": [None, None]})
    index = talent.Index(indicators, frame, time="day").normalise("as_is", each={"a": "goalposts"}).aggregate("arithmetic", missing="exclude")
    assert index.scores == {("X", "2020-01-01"): (25 + 1) / 2, ("X", "2021-01-01"): 75 / 2}
    with pytest.raises(TypeError, match="neither numbers nor texts"):
        talent.Index(indicators, frame.with_columns(pl.Series("more", [[1], [2]])), time="day")
    with pytest.raises(TypeError, match="collect it first"):
        talent.Index(indicators, frame.lazy())


def test_doubles_of_arrow_are_shared_and_not_copied() -> None:
    jobs = np.arange(4.0)
    held = weakref.ref(jobs)
    index = talent.Index({"code": ["jobs"]}, pa.table({"unit": list("ABCD"), "jobs": pa.array(jobs)}))
    del jobs
    gc.collect()
    assert held() is not None
    del index
    gc.collect()
    assert held() is None


def test_a_text_that_is_not_utf_8_is_a_finding() -> None:
    broken = pa.Array.from_buffers(pa.utf8(), 1, [None, pa.py_buffer(np.array([0, 1], dtype="int32")), pa.py_buffer(b"\xff")])
    for table in (pa.table({"unit": broken, "a": [1.0]}), {"unit": broken, "a": [1.0]}):
        with pytest.raises(talent.MethodError, match="TM0861") as caught:
            talent.Index({"code": ["a"]}, table)
        assert "unit" in caught.value.diagnostics[0].message("zh")


def test_results_are_tables_for_any_library() -> None:
    values = {**VALUES, "parks": [None, 1, 2, 9]}
    index = talent.Index({"code": ["jobs", "parks", "rank", "rent"], "parent": ["rank", "rank", None, None]}, values)
    result = index.normalise("min_max").aggregate("arithmetic", missing="refuse").rank().result
    columns = result.to_columns()
    assert list(columns) == result.columns == ["unit", "rank", "index", "group.rank"]
    assert columns["rank"][0] is None and columns["group.rank"] == list(result.nodes["rank"].scores.values())
    assert result.to_arrow().to_pydict() == result.to_polars().to_dict(as_series=False) == pa.table(result).to_pydict() == columns
    frame = result.to_pandas()
    assert math.isnan(frame["index"][0]) and frame["index"][1:].tolist() == columns["index"][1:]
    assert duckdb.from_arrow(result.to_arrow()).fetchall()[1] == tuple(column[1] for column in columns.values())
    assert "talent.engine" in {name.decode() for name in result.to_arrow().schema.metadata} and "<td>B</td>" in result._repr_html_()


def test_results_are_arrays() -> None:
    result = simple().result
    scores = np.asarray(result.top.array())
    assert scores.tolist() == result.to_columns()["total"] and not scores.flags.writeable
    assert np.asarray(result.top.array("coverage")).tolist() == list(result.top.coverage.values())
    with pytest.raises(ValueError, match="'scores', 'ranks' or 'coverage'"):
        result.top.array("score")


def test_a_column_changed_later_changes_no_index() -> None:
    jobs = np.array(VALUES["jobs"], dtype=float)
    index = simple().replay({"steps": []})
    later = talent.Index(INDICATORS, {**VALUES, "jobs": jobs}).replay(simple().result.to_dict()["method"])
    jobs[:] = 0
    assert later.scores == index.scores
    frame = pd.DataFrame(VALUES)
    later = talent.Index(INDICATORS, frame).replay(simple().result.to_dict()["method"])
    frame.iloc[:, 1] = 0
    frame.loc[0, "rent"] = 0
    assert later.scores == index.scores


PANEL: dict[str, list[Any]] = {
    "unit": ["A", "B", "A", "B"],
    "year": [2020, 2020, 2021, 2021],
    "x": [10.0, 20.0, 14.0, 30.0],
    "y": [5.0, 3.0, 4.0, 1.0],
}


def test_a_panel_is_measured_as_a_whole_and_ranked_within_its_periods() -> None:
    index = talent.Index({"code": ["x", "y"], "direction": [1, -1]}, PANEL, time="year")
    whole = index.normalise("min_max").aggregate("arithmetic", missing="refuse").rank().result
    assert whole.scores == {("A", "2020"): 0.0, ("B", "2020"): 50.0, ("A", "2021"): 22.5, ("B", "2021"): 100.0}
    assert whole.ranks == {("A", "2020"): 2.0, ("B", "2020"): 1.0, ("A", "2021"): 2.0, ("B", "2021"): 1.0}
    assert whole.to_columns()["time"] == ["2020", "2020", "2021", "2021"]
    each = index.normalise("min_max", by_period=True).aggregate("arithmetic", missing="refuse").result
    assert list(each.scores.values()) == [0.0, 100.0, 0.0, 100.0]
    based = index.normalise("min_max", base="2020").aggregate("arithmetic", missing="refuse").result
    # (14 - 10) / (20 - 10) and (5 - 4) / (5 - 3); (30 - 10) / 10 and (5 - 1) / 2
    assert list(based.scores.values()) == [0.0, 100.0, 45.0, 200.0]
    with pytest.raises(talent.MethodError, match="TM0702 at /steps/0/base"):
        index.normalise("min_max", base="2019")
    with pytest.raises(talent.MethodError, match="TM0701"):
        talent.Index({"code": ["x"]}, {**PANEL, "year": [2020, 2020, 2020, 2021]}, time="year")
    with pytest.raises(ValueError, match="no column 'Year'"):
        talent.Index({"code": ["x"]}, PANEL, time="Year")


def test_the_policy_for_missing_values_can_differ_between_groups() -> None:
    index = talent.Index(INDICATORS, {**VALUES, "jobs": [None, 30, 20, 12]}).normalise("min_max")
    result = index.aggregate("arithmetic", missing="exclude", missing_each={"economy": "refuse"}).result
    assert result.nodes["economy"].scores["A"] is None and result.top.scores["A"] == result.nodes["nature"].scores["A"]
    with pytest.raises(talent.MethodError, match="TM0702 at /steps/1/missing_each/econ"):
        index.aggregate("arithmetic", missing="exclude", missing_each={"econ": "refuse"})


def test_missing_has_many_faces() -> None:
    class NAType:
        def __float__(self) -> float:
            raise TypeError

    for gap in (None, math.nan, "", NAType()):
        values = {**VALUES, "parks": [3, 1, gap, 9]}
        index = talent.Index(INDICATORS, values).impute("mean", group="region").normalise("min_max").aggregate("arithmetic", missing="refuse").rank()
        assert index.result.nodes == simple().result.nodes


def test_nothing_changes() -> None:
    index = talent.Index(INDICATORS, VALUES)
    more = index.normalise("rank")
    assert index.steps == [] and [step["type"] for step in more.steps] == ["normalise"]
    more.steps.clear()
    assert len(more.steps) == 1
    with pytest.raises(AttributeError):
        index.anything = 1
    with pytest.raises(AttributeError):
        simple().result.anything = 1
    with pytest.raises(TypeError):
        talent.IndexResult()


def test_a_method_replays_to_the_same_bytes() -> None:
    result = simple().result
    again = talent.Index(INDICATORS, VALUES).replay(json.loads(result.to_json())["method"]).result
    assert again.to_json() == result.to_json()


def test_a_frozen_reference_is_used_again() -> None:
    index = talent.Index(INDICATORS, VALUES)
    full = index.normalise("min_max").aggregate("arithmetic", missing="exclude")
    fewer = {name: column[:3] for name, column in VALUES.items()}
    frozen = talent.Index(INDICATORS, fewer).normalise("min_max", reference=full.result.to_dict()["reference"]).aggregate("arithmetic", missing="exclude")
    assert list(frozen.scores.values()) == list(full.scores.values())[:3]


def test_every_fault_is_told_with_its_place() -> None:
    with pytest.raises(talent.MethodError) as caught:
        talent.Index({"code": ["a", "b", "a"], "parent": ["c", None, None]}, {"unit": ["x", "x"], "b": [1, math.inf]})
    assert {d.code for d in caught.value.diagnostics} == {"TM0701", "TM0702", "TM0705", "TM0709"}
    with pytest.raises(talent.MethodError, match="did you mean `normalise`"):
        talent.Index(INDICATORS, VALUES).replay({"steps": [{"type": "normalize"}]})
    with pytest.raises(talent.MethodError, match="TM0205 at /indicators/0/weight"):
        talent.Index({"code": ["a"], "weight": [-1]}, {"unit": ["x"], "a": [1]})
    with pytest.raises(talent.MethodError, match="TM0206 at /steps/0/how/type"):
        talent.Index(INDICATORS, VALUES).weigh("entropie")
    with pytest.raises(ValueError, match="need a column 'unit'"):
        talent.Index({"code": ["a"]}, {"a": [1]})
    with pytest.raises(TypeError, match="a mapping of columns"):
        talent.Index(7, VALUES)
    with pytest.raises(TypeError, match="missing"):
        talent.Index(INDICATORS, VALUES).aggregate("arithmetic")  # type: ignore[call-arg]


def test_a_step_that_fails_on_the_data_fails_when_asked() -> None:
    index = talent.Index(INDICATORS, VALUES).normalise("z_score").aggregate("geometric", missing="exclude")
    with pytest.raises(talent.MethodError, match="TM0719"):
        _ = index.scores
    with pytest.raises(talent.MethodError, match="TM0719"):
        index.audit()


def test_an_error_comes_with_the_warnings_that_led_to_it() -> None:
    with pytest.raises(talent.MethodError) as caught:
        _ = talent.Index({"code": ["x"]}, {"unit": ["A"], "x": [1]}).normalise("min_max").aggregate("arithmetic", missing="exclude").result
    assert [(d.code, d.severity) for d in caught.value.diagnostics] == [("TM0717", "warning"), ("TM0711", "error")]


def test_findings_come_with_the_result() -> None:
    values = {**VALUES, "rent": [7, 7, 7, 7]}
    result = talent.Index(INDICATORS, values).normalise("min_max").aggregate("arithmetic", missing="exclude").result
    assert [(d.code, d.pointer) for d in result.diagnostics] == [("TM0717", "/steps/0"), ("TM0731", "/steps/1")]
    assert result.diagnostics[0].message("zh") == "`rent` 对所有单元都是 7，`min_max` 无法区分，予以排除"
    assert result.to_dict()["left_out"] == [{"step": 0, "indicator": "rent"}]


def test_exploration() -> None:
    index = simple()
    result = index.result
    pairs, front = result.dominance("economy")
    # More jobs always come with a higher rent here: nobody is better in both.
    assert pairs == [] and front == ["A", "B", "C", "D"]
    assert result.dominance("nature")[1] == ["D"]
    assert result.nearest("A", 1)[0][0] in "CD"
    assert result.outranking("nature")["D"] == {"A": 1.0, "B": 1.0, "C": 1.0, "D": None}
    assert [one["without"] for one in index.without_each_indicator()] == ["jobs", "rent", "parks"]
    units = index.without_each_unit()
    assert [one["ranks"][at] for at, one in enumerate(units)] == [None] * 4
    assert all(len(reversal) == 3 for reversal in index.rank_reversals())
    audit = index.audit()
    assert audit["units"] == 4 and audit["indicators"][2]["missing"] == 0.25
    assert "TM0736" in [d.code for d in audit["diagnostics"]]
    for wrong in (lambda: result.dominance("x"), lambda: result.nearest("x"), lambda: result.outranking("x"), lambda: result.group_means("x")):
        with pytest.raises(KeyError):
            wrong()


def test_judgements_come_from_a_matrix() -> None:
    judge = talent.judgements(["jobs", "rent"], [[1, 3], [None, 1]])
    result = talent.Index(INDICATORS, VALUES).normalise("min_max").weigh("ahp", nodes=["economy"], judges=[judge]).aggregate("arithmetic", missing="exclude").result
    assert result.nodes["economy"].weights == pytest.approx({"jobs": 0.75, "rent": 0.25})
    assert result.nodes["economy"].measures["principal_eigenvalue"] == pytest.approx(2)
    with pytest.raises(talent.MethodError, match="the matrix is 1 × 3, and there are 2 members"):
        talent.judgements(["a", "b"], [[1, 2, 3]])


def test_a_panel_is_compared_within_its_periods() -> None:
    panel = {"unit": ["A", "B", "C"] * 2, "year": [2020] * 3 + [2021] * 3, "jobs": [10, 20, 15, 14, 30, 50], "rent": [5, 3, 4, 4, 1, 2]}
    index = talent.Index({"code": ["jobs", "rent"], "direction": [1, -1]}, panel, time="year").normalise("min_max").aggregate("arithmetic", missing="refuse").rank()
    pairs, front = index.result.dominance()
    assert all(better[1] == worse[1] for better, worse in pairs) and (("B", "2020"), ("A", "2020")) in pairs
    assert {period for _, period in front} == {"2020", "2021"}
    outranking = index.result.outranking()
    assert outranking["A", "2020"]["B", "2020"] is not None and outranking["A", "2020"]["B", "2021"] is None
    # Over both years: the root of the mean squared difference of standardised values.
    values = np.array([panel["jobs"], panel["rent"]], dtype=float).T
    years = ((values - values.mean(axis=0)) / values.std(axis=0)).reshape(2, 3, 2)
    apart = np.sqrt(((years - years[:, :1]) ** 2).mean(axis=(0, 2)))
    assert [name for name, _ in index.result.nearest("A")] == ["B", "C"]
    assert dict(index.result.nearest("A")) == pytest.approx({"B": apart[1], "C": apart[2]})
    assert {len(one["ranks"]) for one in index.without_each_unit()} == {6}
    for one in index.without_each_indicator():
        assert sorted(one["ranks"][:3]) == [1, 2, 3] and sorted(one["ranks"][3:]) == [1, 2, 3]
    assert index.result.to_dict()["times"] == ["2020"] * 3 + ["2021"] * 3
    last = index.robustness(draws=50, period="2021")
    assert list(last.units) == ["A", "B", "C"]
    with pytest.raises(talent.MethodError) as refused:
        index.robustness(draws=50)
    assert [found.code for found in refused.value.diagnostics] == ["TM0814"]
