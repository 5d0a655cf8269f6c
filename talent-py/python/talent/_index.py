"""Indices from two tables: what the indicators are, and a value for every unit and indicator."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any, Self

from talent import _native
from talent._diagnostic import Diagnostic, MethodError, _diagnostics
from talent._frame import _Table
from talent._robust import Robustness, _study
from talent._table import tables
from talent._value import Value


def _how(how: str | Mapping[str, Any], more: Mapping[str, Any]) -> dict[str, Any]:
    own = {"type": how} if isinstance(how, str) else dict(how)
    return {**own, **{name: value for name, value in more.items() if value is not None}}


def _each(each: Mapping[str, str | Mapping[str, Any]] | None) -> dict[str, Any] | None:
    return None if each is None else {code: _how(how, {}) for code, how in each.items()}


def _none(value: float) -> float | None:
    return None if math.isnan(value) else value


class Node(Value):
    """One group of an index: what its members weigh, and what the units score in it. It never changes.

    The units are those of the result, by name; in a panel by name and period.

    >>> indicators = {"code": ["parks", "rent"], "weight": [1, 3]}
    >>> index = talent.Index(indicators, {"unit": ["A", "B"], "parks": [2, 6], "rent": [1, 3]}).aggregate("arithmetic", missing="exclude")
    >>> top = index.result.top
    >>> top, dict(top.weights), top.scores
    (<Node index: 2 members>, {'parks': 0.25, 'rent': 0.75}, {'A': 1.25, 'B': 3.75})
    """

    __slots__ = ("__weakref__", "_at", "_columns", "_index", "_keys", "_raw", "code", "effective_weights", "measures", "parent", "weights")

    code: str
    """The code."""
    parent: str | None
    """The group above; `None` for the top."""
    weights: Mapping[str, float]
    """The weight of every member in the group; they add up to 1."""
    effective_weights: Mapping[str, float]
    """The weight of every member in the top."""
    measures: Mapping[str, float]
    """What the methods measured on the way, such as a `consistency_ratio`."""
    _index: Index
    _raw: _native.RawOutcome
    _at: int
    _keys: Callable[[], Sequence[Any]]
    _columns: dict[str, dict[Any, float | None]]

    def __init__(self, *_: Any) -> None:
        raise TypeError("a Node comes from IndexResult.nodes")

    @classmethod
    def _of(cls, index: Index, raw: _native.RawOutcome, at: int, keys: Callable[[], Sequence[Any]], parts: Any) -> Self:
        code, parent, weights, measures = parts
        return cls._made(
            _index=index,
            _raw=raw,
            _at=at,
            _keys=keys,
            _columns={},
            code=code,
            parent=parent,
            weights=MappingProxyType({member: weight for member, weight, _ in weights}),
            effective_weights=MappingProxyType({member: effective for member, _, effective in weights}),
            measures=MappingProxyType(dict(measures)),
        )

    def array(self, what: str = "scores") -> memoryview[float]:
        """The `scores`, `ranks` or `coverage` as an array of doubles in the order of the units, not numbers where there are none; `numpy.asarray` takes it without copying.

        Ranks are empty when the method does not rank.
        """
        if what not in ("scores", "ranks", "coverage"):
            raise ValueError(f"'scores', 'ranks' or 'coverage', not {what!r}")
        return memoryview(self._raw.array(self._at, what)).cast("d")

    def _named(self, what: str) -> dict[Any, float | None]:
        if what not in self._columns:
            self._columns[what] = dict(zip(self._keys(), map(_none, self.array(what).tolist()), strict=False))
        return self._columns[what]

    @property
    def scores(self) -> dict[Any, float | None]:
        """The unrounded score of every unit; `None` when there is none."""
        return dict(self._named("scores"))

    @property
    def ranks(self) -> dict[Any, float | None]:
        """The rank of every unit, 1 for the best, in a panel within its period; empty when the method does not rank."""
        return dict(self._named("ranks"))

    @property
    def coverage(self) -> dict[Any, float]:
        """The share of the group's weight for which a value was given, from 0 to 1; what was filled in does not count."""
        return {unit: share or 0.0 for unit, share in self._named("coverage").items()}

    def _parts(self) -> tuple[Any, ...]:
        named = [self._named(what) for what in ("scores", "ranks", "coverage")]
        return (self.code, self.parent, self.weights, self.effective_weights, self.measures, named)

    def __eq__(self, other: object) -> bool:
        return self._parts() == other._parts() if isinstance(other, Node) else NotImplemented

    def __hash__(self) -> int:
        return hash((self.code, self.parent, *self.weights.items()))

    def __reduce__(self) -> tuple[Any, ...]:
        return _node_of, (self._index, self.code)

    def __repr__(self) -> str:
        return f"<Node {self.code}: {len(self.weights)} member{'' if len(self.weights) == 1 else 's'}>"


class IndexResult(_Table):
    """What an index comes to, and a table of it. It never changes; two are equal when they come from equal indices. What is pickled are the tables and the steps.

    >>> result = talent.Index({"code": ["parks"]}, {"unit": ["A", "B"], "parks": [2, 6]}).normalise("min_max").aggregate("arithmetic", missing="exclude").result
    >>> result
    <IndexResult index: 2 units, 1 indicator>
    >>> result.scores
    {'A': 0.0, 'B': 100.0}
    """

    __slots__ = ("_found", "_frame", "_index", "_nodes", "_outcome")

    _index: Index
    _outcome: _native.RawOutcome
    _frame: _native.RawFrame | None
    _found: list[Diagnostic]
    _nodes: dict[str, Node]

    def __new__(cls, *_: Any) -> Self:
        raise TypeError("an IndexResult comes from Index.result")

    @classmethod
    def _of(cls, index: Index, raw: _native.RawOutcome, found: list[Diagnostic]) -> Self:
        cached: list[Any] = []

        def keys() -> Sequence[Any]:
            if not cached:
                units, times = raw.units(), raw.times()
                cached.extend(zip(units, times, strict=True) if times else units)
            return cached

        nodes = {parts[0]: Node._of(index, raw, at, keys, parts) for at, parts in enumerate(raw.nodes())}
        return cls._made(_index=index, _outcome=raw, _frame=None, _found=found, _nodes=nodes)

    @property
    def _raw(self) -> _native.RawFrame:  # type: ignore[override]
        """The table, made when somebody asks for it."""
        if self._frame is None:
            object.__setattr__(self, "_frame", self._outcome.frame())
        assert self._frame is not None
        return self._frame

    @property
    def nodes(self) -> dict[str, Node]:
        """Every group by its code, the top first; a parent stands before its members."""
        return dict(self._nodes)

    @property
    def top(self) -> Node:
        """The top: the index itself."""
        return next(iter(self._nodes.values()))

    @property
    def scores(self) -> dict[Any, float | None]:
        """The units' scores at the top."""
        return self.top.scores

    @property
    def ranks(self) -> dict[Any, float | None]:
        """The units' ranks at the top, 1 for the best; empty when the method does not rank."""
        return self.top.ranks

    @property
    def times(self) -> list[str]:
        """The periods of the units, in a panel; empty when there is only one."""
        return self._outcome.times()

    @property
    def units(self) -> list[str]:
        """The units that are in."""
        return self._outcome.units()

    @property
    def indicators(self) -> list[str]:
        """The indicators that are in."""
        return self._outcome.indicators()

    def array(self, node: str | None = None, what: str = "scores") -> memoryview[float]:
        """The `scores`, `ranks` or `coverage` at a group (the top if none is named) as an array of doubles; see `Node.array`."""
        return self._nodes[self._code(node)].array(what)

    @property
    def values(self) -> dict[str, list[float | None]]:
        """The values of every indicator as they were joined, in the order of the units."""
        return {code: [_none(x) for x in column] for code, column in self._outcome.values()}

    @property
    def diagnostics(self) -> list[Diagnostic]:
        """What was found on the way."""
        return list(self._found)

    def to_columns(self) -> dict[str, list[Any]]:
        """The units with their ranks and scores, as the columns of the table: `unit`, `time` in a panel, `rank` at the top, and the scores at every group by its code (after `group.`
        where the code is one of these names). Where there is no score stands `None`.

        The same table goes to any library by `to_arrow`, `to_polars` and `to_pandas`, or as Arrow.

        >>> index = talent.Index({"code": ["parks"]}, {"unit": ["A", "B"], "parks": [2, 6]})
        >>> index.aggregate("arithmetic", missing="exclude").rank().result.to_columns()
        {'unit': ['A', 'B'], 'rank': [2.0, 1.0], 'index': [2.0, 6.0]}
        """
        return self._raw.to_columns()

    def to_json(self) -> str:
        """The result as JSON: the method with every default stated, weights, scores, ranks, changes, findings."""
        return self._outcome.to_json()

    def to_dict(self) -> dict[str, Any]:
        """The result as plain values; a new copy each time. Its `method` and `reference` can be used again."""
        data: dict[str, Any] = json.loads(self.to_json())
        return data

    def dominance(self, node: str | None = None) -> tuple[list[tuple[Any, Any]], list[Any]]:
        """The pairs (better, worse) of which one is at least as good in every indicator of a group and better in one; and the units that nobody dominates. In a panel units come with their period, and are compared within it."""
        found = self._outcome.dominance(self._code(node))
        assert found is not None
        units = self._keys()
        pairs, front = found
        return [(units[a], units[b]) for a, b in pairs], [units[at] for at in front]

    def nearest(self, unit: str, most: int = 5) -> list[tuple[str, float]]:
        """The units most like one, with their distances over the standardised indicators."""
        found = self._outcome.nearest(unit, most)
        if found is None:
            raise KeyError(unit)
        return found

    def outranking(self, node: str | None = None) -> dict[Any, dict[Any, float | None]]:
        """For every unit the share of weight by which it is better than every other, ties counting a half."""
        found = self._outcome.outranking(self._code(node))
        assert found is not None
        units = self._keys()
        return {unit: {other: _none(x) for other, x in zip(units, row, strict=True)} for unit, row in zip(units, found, strict=True)}

    def group_means(self, column: str, node: str | None = None) -> dict[str, tuple[int, float]]:
        """The number and the mean score of the units of each group of a column of groups."""
        found = self._outcome.group_means(column, self._code(node))
        if found is None:
            raise KeyError(column)
        return {group: (count, mean) for group, count, mean in found}

    def _keys(self) -> list[Any]:
        """The units, in a panel with their periods."""
        return list(zip(self.units, self.times, strict=True)) if self.times else self.units

    def _code(self, node: str | None) -> str:
        if node is None:
            return self.top.code
        if node not in self._nodes:
            raise KeyError(node)
        return node

    def __eq__(self, other: object) -> bool:
        return self._index == other._index if isinstance(other, IndexResult) else NotImplemented

    def __hash__(self) -> int:
        return hash((IndexResult, self._index))

    def __reduce__(self) -> tuple[Any, ...]:
        return _result_of, (self._index,)

    def __repr__(self) -> str:
        indicators = len(self.indicators)
        return f"<IndexResult {self.top.code}: {len(self.units)} units, {indicators} indicator{'' if indicators == 1 else 's'}>"


class Index(Value):
    """An index from two tables, built step by step. Every step gives a new index; none changes. Two are equal when their tables and steps are.

    `indicators` has the columns `code`, and as needed `parent`, `weight`, `direction` (`higher` or `lower`, or 1 and -1), `level`, `name`, `unit`, `denominator`, `goalpost_low`,
    `goalpost_high`, `goalpost_log`; COINr's tables (`iCode`, `Parent` …, with the rows of their groups and denominators) are taken as they are. `values` has a column with the names of
    the units (`unit`, `uCode` or the one named by `unit`), a column of numbers for every indicator and denominator, and columns of texts, which are groups; for a panel of units over time
    `time` names the column of periods. Both may be mappings of columns, lists of rows, structured arrays, or data frames: what speaks Arrow (polars, pyarrow,
    DuckDB …) is taken by it, and its doubles are shared; columns of pandas and numpy, into which somebody can write, are copied as a whole. Missing are `None`, not a number, and empty texts. Raises `MethodError` with everything that is wrong.

    The steps and what they do are documented with their parameters in docs/design/index.md.

    >>> indicators = {"code": ["parks", "rent"], "direction": [1, -1], "weight": [1, 3]}
    >>> values = {"unit": ["Riverside", "Hilltop", "Harbour"], "parks": [2, 6, 4], "rent": [30, 90, 60]}
    >>> index = talent.Index(indicators, values).normalise("min_max").aggregate("arithmetic", missing="exclude").rank()
    >>> index.scores
    {'Riverside': 75.0, 'Hilltop': 25.0, 'Harbour': 50.0}
    >>> index.ranks
    {'Riverside': 1.0, 'Hilltop': 3.0, 'Harbour': 2.0}
    >>> index.normalise("rank")
    Traceback (most recent call last):
    ...
    talent.MethodError: the method cannot be used: 1 problem
      TM0712 at /steps/3: a step `normalise` cannot come after `rank`
    """

    __slots__ = ("__weakref__", "_raw", "_result", "_steps")

    _raw: _native.RawTable
    _result: IndexResult | None
    _steps: tuple[dict[str, Any], ...]

    def __init__(self, indicators: Any, values: Any, *, unit: str | None = None, time: str | None = None) -> None:
        raw, found = tables(indicators, values, unit, time)
        if raw is None:
            raise _unusable([d for d in _diagnostics(found) if d.severity == "error"])
        object.__setattr__(self, "_raw", raw)
        object.__setattr__(self, "_steps", ())
        object.__setattr__(self, "_result", None)

    def _check(self) -> None:
        found = [d for d in _diagnostics(_native.index_check(self._raw, self._bytes)) if d.severity == "error"]
        if found:
            raise _unusable(found)

    @property
    def _bytes(self) -> bytes:
        return json.dumps({"steps": self._steps}).encode()

    def _with(self, *steps: Mapping[str, Any]) -> Self:
        more = tuple({name: value for name, value in step.items() if value is not None} for step in steps)
        index = self._made(_raw=self._raw, _steps=(*self._steps, *more), _result=None)
        index._check()
        return index

    def screen(self, *, units: float | None = None, indicators: float | None = None) -> Self:
        """Leaves out units, then indicators, of which a smaller share of values is known."""
        return self._with({"type": "screen", "units": units, "indicators": indicators})

    def denominate(self, *, multiple: float | None = None) -> Self:
        """Divides every indicator that names a denominator by that column, times `multiple`."""
        return self._with({"type": "denominate", "multiple": multiple})

    def impute(self, how: str | Mapping[str, Any], *, only: Sequence[str] | None = None, **more: Any) -> Self:
        """Fills in missing values: `mean` or `median` (with `group`), `regression`, `knn` (with `neighbours`), `em`."""
        return self._with({"type": "impute", "how": _how(how, more), "only": None if only is None else list(only)})

    def treat(
        self,
        how: str | Mapping[str, Any],
        *,
        only: Sequence[str] | None = None,
        skewness: float | None = None,
        kurtosis: float | None = None,
        always: bool | None = None,
        **more: Any,
    ) -> Self:
        """Tames outliers: `winsorise` (with `most`), `log`, `box_cox` (with `lambda`, which Python takes as `{"type": "box_cox", "lambda": 0}`), `quantiles` (with `low`, `high`)."""
        own = None if only is None else list(only)
        return self._with({"type": "treat", "how": _how(how, more), "only": own, "skewness": skewness, "kurtosis": kurtosis, "always": always})

    def normalise(
        self,
        how: str | Mapping[str, Any],
        *,
        each: Mapping[str, str | Mapping[str, Any]] | None = None,
        reference: Sequence[Mapping[str, Any]] | None = None,
        base: str | None = None,
        by_period: bool | None = None,
        **more: Any,
    ) -> Self:
        """Brings the indicators to one scale, such as `min_max` or `goalposts`; `each` has another way for single indicators, `reference` the reference set of an earlier result.

        A panel is measured as a whole, unless `base` names the period whose values are the reference set, or `by_period` measures every period by itself.
        """
        own = None if reference is None else [dict(column) for column in reference]
        step = {"type": "normalise", "how": _how(how, more), "each": _each(each), "reference": own, "base": base, "by_period": by_period}
        return self._with(step)

    def weigh(self, how: str | Mapping[str, Any], *, nodes: Sequence[str] | None = None, **more: Any) -> Self:
        """Sets the weights of the members of groups (all, or those in `nodes`): `given`, `equal`, `budget`, `ahp`, `best_worst`, `entropy`, `critic`, `deviation`, `pca`, `equal_influence`."""
        return self._with({"type": "weigh", "how": _how(how, more), "nodes": None if nodes is None else list(nodes)})

    def aggregate(
        self,
        how: str | Mapping[str, Any],
        *,
        missing: str,
        each: Mapping[str, str | Mapping[str, Any]] | None = None,
        missing_each: Mapping[str, str] | None = None,
        **more: Any,
    ) -> Self:
        """Joins the members of every group, from the bottom up; `missing` is `exclude`, `zero` or `refuse` and has no default; `each` and `missing_each` have another way for single
        groups."""
        own = None if missing_each is None else dict(missing_each)
        return self._with({"type": "aggregate", "how": _how(how, more), "missing": missing, "each": _each(each), "missing_each": own})

    def rank(self, ties: str = "competition") -> Self:
        """Ranks the units at every group by unrounded scores; `ties` is `competition`, `modified`, `dense` or `fractional`."""
        return self._with({"type": "rank", "ties": ties})

    def replay(self, method: Mapping[str, Any]) -> Self:
        """All steps of a method, such as the `method` of an earlier result."""
        return self._with(*method["steps"])

    @property
    def steps(self) -> list[dict[str, Any]]:
        """The steps so far, as plain values."""
        steps: list[dict[str, Any]] = json.loads(json.dumps(self._steps))
        return steps

    @property
    def result(self) -> IndexResult:
        """What the index comes to; computed once. Raises `MethodError` with everything that was found up to the step that could not be applied."""
        if self._result is None:
            raw, found = self._raw.result(self._bytes)
            diagnostics = _diagnostics(found)
            if raw is None:
                # A warning on the way is often the root of the error that ends it.
                raise _unusable([d for d in diagnostics if d.severity != "note"])
            object.__setattr__(self, "_result", IndexResult._of(self, raw, diagnostics))
        assert self._result is not None
        return self._result

    @property
    def scores(self) -> dict[Any, float | None]:
        """The units' scores at the top."""
        return self.result.scores

    @property
    def ranks(self) -> dict[Any, float | None]:
        """The units' ranks at the top."""
        return self.result.ranks

    def audit(self) -> dict[str, Any]:
        """The statistical audit: descriptive statistics, correlations, alpha, variance inflation, principal components, and `diagnostics` with what they suggest."""
        text, found = self._raw.audit(self._bytes)
        audit = _loaded(text, found)
        audit["diagnostics"] = _diagnostics(found)
        return dict(audit)

    def without_each_indicator(self) -> list[dict[str, Any]]:
        """The index without each indicator in turn: ranks, mean and greatest shift of rank."""
        return list(_loaded(*self._raw.without_each_indicator(self._bytes)))

    def without_each_unit(self) -> list[dict[str, Any]]:
        """The index without each unit in turn: the ranks of the others, and how far they shift."""
        return list(_loaded(*self._raw.without_each_unit(self._bytes)))

    def rank_reversals(self) -> list[tuple[str, Any, Any]]:
        """The units (left out, better with it, worse with it) whose order turns when a third is left out; in a panel the latter two come with their period."""
        found = _loaded(*self._raw.rank_reversals(self._bytes))
        return [(without, better, worse) if time is None else (without, (better, time), (worse, time)) for without, better, worse, time in found]

    def robustness(self, study: Mapping[str, Any] | None = None, *, progress: Callable[[int, int], object] | None = None, **more: Any) -> Robustness:
        """How sure scores and ranks are when what is uncertain is varied through this very pipeline.

        `study` names the factors; left out, all weights are up to a quarter more or less. `draws`, `seed`, `sampling`, `interval`, `period` (of a panel), `sensitivity` and `only`
        (`"scores"`, without ranks and what follows from them) may also be given by name.
        Raises `MethodError` with everything that is wrong with the study.

        >>> indicators = {"code": ["parks", "rent"], "direction": ["higher", "lower"]}
        >>> values = {"unit": ["Riverside", "Hilltop", "Harbour"], "parks": [2, 6, 4], "rent": [30, 90, 50]}
        >>> index = talent.Index(indicators, values).normalise("min_max").aggregate("arithmetic", missing="exclude")
        >>> result = index.robustness(draws=200)
        >>> result.groups
        [['Harbour'], ['Riverside', 'Hilltop']]
        """
        factors = [{"id": "weights", "vary": {"type": "weights", "spread": {"type": "relative", "by": 0.25}}}]
        text = _study({"factors": factors} if study is None else study, more)
        made, found, _ = _native.robust_index(self._raw, self._bytes, text, progress)
        if made is None:
            raise _unusable(_diagnostics(found))
        return Robustness._with(*made)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Index):
            return NotImplemented
        return self._way == other._way and (self._raw is other._raw or self._raw.digest() == other._raw.digest())

    def __hash__(self) -> int:
        return hash((self._raw.digest(), self._way))

    @property
    def _way(self) -> str:
        # The order of a step's members says nothing.
        return json.dumps(self._steps, sort_keys=True)

    def __reduce__(self) -> tuple[Any, ...]:
        return _index_of, (self._raw.parts(), self._steps)

    def __repr__(self) -> str:
        return f"<Index: {' → '.join(step['type'] for step in self._steps) or 'no steps'}>"


def _index_of(parts: _native._Parts, steps: tuple[dict[str, Any], ...]) -> Index:
    rows, units, columns, groups, times = parts
    raw, _ = _native.index_table(rows, units, [(name, memoryview(data).cast("d")) for name, data in columns], groups, times)
    return Index._made(_raw=raw, _steps=steps, _result=None)


def _result_of(index: Index) -> IndexResult:
    return index.result


def _node_of(index: Index, code: str) -> Node:
    return index.result.nodes[code]


def _loaded(text: str | None, found: Sequence[Any]) -> Any:
    if text is None:
        raise _unusable([d for d in _diagnostics(found) if d.severity != "note"])
    return json.loads(text)


def _unusable(found: list[Diagnostic]) -> MethodError:
    # Lines and columns are those of a text that the caller never saw; the pointer says the step.
    found = [replace(d, line=None, column=None, length=None) for d in found]
    return MethodError(f"the method cannot be used: {'1 problem' if len(found) == 1 else f'{len(found)} problems'}", found)


def judgements(codes: Sequence[str], matrix: Sequence[Sequence[float | None]]) -> dict[str, Any]:
    """The judge of a square matrix of judgements in pairs, for `weigh("ahp", judges=[…])`. `None` and 0 are missing judgements.

    Raises `MethodError` when the matrix is not square, or not as large as the list of codes.

    >>> talent.judgements(["parks", "rent"], [[1, 3], [1 / 3, 1]])["judgements"][0]
    {'of': 'parks', 'over': 'rent', 'ratio': 3}
    """
    rows = [list(row) for row in matrix]
    if len(rows) != len(codes) or any(len(row) != len(codes) for row in rows):
        shape = f"{len(rows)} × {'/'.join(map(str, sorted({len(row) for row in rows})))}"
        params = {
            "node": "",
            "why": f"the matrix is {shape}, and there are {len(codes)} members",
            "why_zh": f"矩阵为 {shape}，而成员有 {len(codes)} 个",
        }
        raise _unusable([Diagnostic("TM0726", "error", params=params)])
    return {"judgements": list(_pairs(codes, rows))}


def _pairs(codes: Sequence[str], rows: list[list[float | None]]) -> Iterator[dict[str, Any]]:
    for i, row in enumerate(rows):
        for j, ratio in enumerate(row):
            if i != j and ratio:
                yield {"of": codes[i], "over": codes[j], "ratio": ratio}
