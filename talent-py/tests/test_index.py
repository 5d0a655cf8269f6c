"""Indices from two tables: what goes in, what comes out, and how it fails."""

import json
import math
from typing import Any

import pytest
import talent

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


class Frame:
    """Just enough of a data frame: `to_dict` as polars and pandas have it."""

    def __init__(self, columns: dict[str, list[Any]], polars: bool) -> None:
        self.columns, self.polars = columns, polars

    def to_dict(self, orient: str = "dict", *, as_series: bool | None = None) -> dict[str, list[Any]]:
        if self.polars:
            assert as_series is False
        elif as_series is not None:
            raise TypeError("to_dict() got an unexpected keyword argument 'as_series'")
        else:
            assert orient == "list"
        return self.columns


def rows(columns: dict[str, list[Any]]) -> list[dict[str, Any]]:
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def coinr() -> dict[str, list[Any]]:
    names = {"code": "iCode", "parent": "Parent", "weight": "Weight", "direction": "Direction"}
    table = {names[name]: column for name, column in INDICATORS.items()}
    return {**table, "Type": ["Aggregate"] * 3 + ["Indicator"] * 3, "Level": [3, 2, 2, 1, 1, 1]}


@pytest.mark.parametrize(
    ("indicators", "values"),
    [
        (Frame(INDICATORS, True), Frame(VALUES, True)),
        (Frame(INDICATORS, False), Frame(VALUES, False)),
        (rows(INDICATORS), rows(VALUES)),
        (coinr(), {"uCode": VALUES["unit"], **{name: column for name, column in VALUES.items() if name != "unit"}}),
    ],
    ids=["polars", "pandas", "rows", "coinr"],
)
def test_tables_of_any_make_give_the_same_bytes(indicators: Any, values: Any) -> None:
    index = talent.Index(indicators, values).replay(simple().result.to_dict()["method"])
    own, theirs = simple().result.to_dict(), index.result.to_dict()
    if not isinstance(indicators, dict):
        assert theirs == own
    assert theirs["nodes"] == own["nodes"]


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
