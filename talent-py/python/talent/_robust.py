"""How sure scores, ranks and grades are, and which assumption matters."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, Self

from talent import _html, _native
from talent._diagnostic import Diagnostic, MethodError, _diagnostics
from talent._document import Community, Document, Standard, Submission
from talent._value import Record

Progress = Callable[[int, int], object]
"""Told how many evaluations are done of how many. An exception that it raises, or Ctrl-C, ends the study."""


@dataclass(frozen=True, slots=True)
class Span(Record):
    """A distribution over the draws, in short.

    >>> index = talent.Index({"code": ["parks", "rent"]}, {"unit": ["A", "B"], "parks": [2, 6], "rent": [1, 3]}).aggregate("arithmetic", missing="exclude")
    >>> scores = index.robustness(draws=100).units["B"].scores
    >>> scores.low <= scores.median <= scores.high
    True
    """

    mean: float
    """The mean."""
    deviation: float
    """The standard deviation of the population of draws."""
    low: float
    """The lower end of the interval."""
    median: float
    """The median."""
    high: float
    """The upper end of the interval."""


@dataclass(frozen=True, slots=True)
class UnitRobustness(Record):
    """One community, or one unit of an index.

    >>> index = talent.Index({"code": ["parks", "rent"]}, {"unit": ["A", "B"], "parks": [2, 6], "rent": [1, 3]}).aggregate("arithmetic", missing="exclude")
    >>> unit = index.robustness(draws=100).units["B"]
    >>> unit.rank, unit.stability, dict(unit.acceptance)
    (1, 'firm', {1: 1})
    """

    unit: str
    """The community's identifier, or the unit's name."""
    score: float | None
    """The score without any variation."""
    scores: Span | None
    """The scores over the draws that have one."""
    rank: int | None
    """The rank without any variation."""
    ranks: Span | None
    """The ranks over the draws."""
    acceptance: Mapping[int, float] = field(hash=False)
    """The share of draws in which the unit has each rank; empty for more than 50 units."""
    grades: Mapping[str | None, float] = field(hash=False)
    """The share of draws in which it has each grade; `None` for no grade."""
    stability: str
    """`firm`, `close`, `open` or `none`: how far the interval of ranks reaches from the rank."""
    inside: bool
    """Whether the score without variation lies in the interval of the scores."""


@dataclass(frozen=True, slots=True)
class Influence(Record):
    """How far one factor matters for one output. `first` and `total` are (value, low, high), or `None` where shares of variance were not asked for.

    >>> index = talent.Index({"code": ["parks", "rent"]}, {"unit": ["A", "B"], "parks": [2, 6], "rent": [1, 3]}).aggregate("arithmetic", missing="exclude")
    >>> result = index.robustness(draws=50, sensitivity={"base": 64})
    >>> result.effects["B"]["weights"].change > 0
    True
    """

    change: float
    """The mean absolute change of the output when this factor alone is drawn anew."""
    first: tuple[float, float, float] | None
    """The share of variance that it explains by itself."""
    total: tuple[float, float, float] | None
    """The share of variance that it takes part in."""


class Robustness(Document[_native.RawRobustness]):
    """How sure scores, ranks and grades are when what is uncertain is varied through the very pipeline that made them.

    >>> submission = talent.Submission.load("docs/examples/minimal/submission.json")
    >>> standard = talent.Standard.load("docs/examples/minimal/standard.json")
    >>> study = {"factors": [{"id": "weights", "vary": {"type": "weights", "spread": {"type": "relative", "by": 0.25}}}], "draws": 100}
    >>> result = talent.robustness([submission], study, standard=standard)
    >>> result.units["riverside"].inside, len(result.draw_scores("riverside"))
    (True, 100)
    """

    __slots__ = ("_draws",)
    kind: ClassVar[str] = "robustness"

    _draws: _native.RawDraws | None

    @classmethod
    def _of(cls, raw: Any) -> Self:
        document = super()._of(raw)
        object.__setattr__(document, "_draws", None)
        return document

    @classmethod
    def _with(cls, raw: _native.RawRobustness, draws: _native.RawDraws) -> Self:
        document = cls._of(raw)
        object.__setattr__(document, "_draws", draws)
        return document

    @property
    def id(self) -> str:
        """The standard that was studied, or the digest of the tables."""
        subject = self._view["subject"]
        return str(subject["standard"]["id"] if "standard" in subject else subject.get("tables", ""))

    @property
    def study(self) -> dict[str, Any]:
        """What was varied, with every default stated; giving it again gives the same bytes."""
        study: dict[str, Any] = json.loads(json.dumps(self._view["study"]))
        return study

    @property
    def units(self) -> dict[str, UnitRobustness]:
        """Every unit, in the order given."""
        return {unit["unit"]: _unit(unit) for unit in self._view["units"]}

    @property
    def groups(self) -> list[list[str]]:
        """The units by rank, those that cannot be told apart together."""
        return [list(group["units"]) for group in self._view["groups"]]

    @property
    def wins(self) -> dict[str, dict[str, float]]:
        """For every unit the share of draws in which it is better than each other; empty for more than 50 units."""
        names = [unit["unit"] for unit in self._view["units"]]
        return {row["unit"]: dict(zip(names, row["over"], strict=True)) for row in self._view.get("wins", [])}

    @property
    def effects(self) -> dict[str | None, dict[str, Influence]]:
        """How far every factor matters, for the score of each unit and, under `None`, for the mean shift of ranks. Empty when no sensitivity analysis was asked for."""
        return {
            effect.get("unit"): {factor["factor"]: _influence(factor) for factor in effect["factors"]} for effect in self._view.get("effects", [])
        }

    @property
    def shift(self) -> Span | None:
        """How far ranks move: the mean over the units of the absolute difference to the rank without variation; `None` where the study asked for scores alone."""
        shift = self._view.get("shift")
        return None if shift is None else Span(**shift)

    @property
    def unmodelled(self) -> list[str]:
        """What could have been uncertain and was held fast."""
        return list(self._view["unmodelled"])

    @property
    def diagnostics(self) -> list[Diagnostic]:
        """What was found."""
        return [Diagnostic(**found) for found in self._view["diagnostics"]]

    def _place(self, unit: str) -> int:
        names = [one["unit"] for one in self._view["units"]]
        if unit not in names:
            raise KeyError(f"there is no unit {unit!r}; there are {', '.join(map(repr, names[:8]))}{' …' if len(names) > 8 else ''}")
        return names.index(unit)

    def _kept(self) -> _native.RawDraws:
        if self._draws is None:
            raise ValueError("a document that was read has no draws; do its study again: talent.robustness(…, study=result.study)")
        return self._draws

    def draw_scores(self, unit: str) -> memoryview[float]:
        """The scores of one unit over the draws, not numbers where there are none; `numpy.asarray` takes them without copying."""
        return memoryview(self._kept().draw_scores(self._place(unit))).cast("d")

    def draw_ranks(self, unit: str) -> list[int]:
        """The ranks of one unit over the draws; 0 where there is none, and an empty list where the study asked for scores alone."""
        return self._kept().draw_ranks(self._place(unit))

    def evaluations(self, unit: str | None = None) -> memoryview[float]:
        """The score of a unit, or the mean shift of ranks, at every evaluation of the sensitivity analysis: for every base point A, B and A with each factor from B in turn."""
        found = self._kept().evaluations(None if unit is None else self._place(unit))
        if found is None:
            raise ValueError("there are no evaluations: the study asked for no sensitivity analysis of this output")
        return memoryview(found).cast("d")

    def parameters(self, start: int = 0, stop: int | None = None) -> dict[str, list[float]]:
        """What every draw varied, as columns: weights as they were applied, values, shares of distance, 1 for in and 0 for out, or the place of the chosen option.

        They are made again from the seed, so only the draws asked for take memory.
        """
        draws = self._kept()
        names, rows = draws.parameters(start, len(draws) if stop is None else min(stop, len(draws)))
        return {name: [row[at] for row in rows] for at, name in enumerate(names)}

    def to_columns(self) -> dict[str, list[Any]]:
        """One row for every unit: unit, score, rank, and the intervals of both."""
        units = list(self.units.values())
        columns: dict[str, list[Any]] = {"unit": [u.unit for u in units], "score": [u.score for u in units], "rank": [u.rank for u in units]}
        for name, spans in (("score", [u.scores for u in units]), ("rank", [u.ranks for u in units])):
            for end in ("low", "median", "high"):
                columns[f"{name}_{end}"] = [None if span is None else getattr(span, end) for span in spans]
        columns["stability"] = [u.stability for u in units]
        return columns

    def _repr_html_(self) -> str:
        return _html.columns(self.to_columns(), repr(self))

    def __repr__(self) -> str:
        study = self._view["study"]
        return f"<Robustness of {len(self._view['units'])} units, {study['draws']:.0f} draws, {len(study['factors'])} factors>"


def _unit(unit: Mapping[str, Any]) -> UnitRobustness:
    return UnitRobustness(
        unit=unit["unit"],
        score=unit.get("score"),
        scores=Span(**unit["scores"]) if "scores" in unit else None,
        rank=unit.get("rank"),
        ranks=Span(**unit["ranks"]) if "ranks" in unit else None,
        acceptance={one["rank"]: one["share"] for one in unit.get("acceptance", [])},
        grades={one.get("grade"): one["share"] for one in unit.get("grades", [])},
        stability=unit["stability"],
        inside=unit["inside"],
    )


def _influence(factor: Mapping[str, Any]) -> Influence:
    def estimate(name: str) -> tuple[float, float, float] | None:
        found = factor.get(name)
        return None if found is None else (found["value"], found["low"], found["high"])

    return Influence(change=factor["change"], first=estimate("first"), total=estimate("total"))


def usual_study() -> dict[str, Any]:
    """The study that `robustness` makes when none is given: weights up to a quarter more or less, errors of measurement as stated, and what is unknown anywhere between its bounds.

    >>> [factor["id"] for factor in talent.usual_study()["factors"]]
    ['weights', 'measurement', 'unknown']
    """
    study: dict[str, Any] = json.loads(_native.robust_usual())
    return study


def robustness(
    submissions: Iterable[Submission],
    study: Mapping[str, Any] | None = None,
    *,
    standard: Standard | None = None,
    communities: Sequence[Community | None] = (),
    weight_set: str | None = None,
    progress: Progress | None = None,
    **more: Any,
) -> Robustness:
    """How sure the scores, ranks and grades of submissions are.

    `study` names the factors and is `usual_study()` when left out; `draws`, `seed`, `sampling`, `interval`, `sensitivity` and `only` (`"scores"`, without ranks) may also be given by name.
    The same study and submissions give the same bytes. Raises `MethodError` with everything that is wrong with the study or with submissions.
    """
    raw_standard = (standard or Standard._of(_native.reference()))._raw
    given = list(submissions)
    raw_communities = [None if community is None else community._raw for community in communities]
    text = _study(study if study is not None else usual_study(), more)
    made, found, faulty = _native.robust_submissions([one._raw for one in given], raw_communities, raw_standard, weight_set, text, progress)
    if made is None:
        for place, findings in faulty:
            found = [*found, *findings]
        names = ", ".join(given[place].id for place, _ in faulty)
        raise MethodError(f"these submissions cannot be scored: {names}" if faulty else "the study cannot be done", _diagnostics(found))
    return Robustness._with(*made)


def _study(study: Mapping[str, Any], more: Mapping[str, Any]) -> bytes:
    return json.dumps({**study, **{name: value for name, value in more.items() if value is not None}}).encode()
