"""Documents as classes that cannot be changed."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar, Generic, Literal, Self, TypeAlias, TypeVar, overload

from talent import _native
from talent._diagnostic import CheckError, Diagnostic, ReadError, _diagnostics
from talent._value import Record, Value

_RawT = TypeVar("_RawT", _native.RawStandard, _native.RawCommunity, _native.RawSubmission, _native.RawAssessment, _native.RawComparison, _native.RawRobustness, _native.RawWaivers)


Limits: TypeAlias = Mapping[str, int]
"""Limits by their names, such as `{"cells": 2_000_000}`: how much of what is handed in is read."""


def _limits(limits: Limits | None) -> list[tuple[str, int]]:
    return [] if limits is None else list(limits.items())


def _bytes(text: str | bytes) -> bytes:
    # What is no Unicode cannot be UTF-8 either, and is reported as such by the reader.
    return text.encode("utf-8", "surrogatepass") if isinstance(text, str) else bytes(text)


class Document(Value, Generic[_RawT]):
    """What all kinds of document have in common. Documents are values: equal when they say the same, hashable, and unchangeable.

    >>> a = talent.Community.from_json('{"kind": "community", "model": "1.0", "id": "riverside", "name": {"en": "Riverside"}}')
    >>> b = talent.Community.from_json(a.to_json())
    >>> a == b, len({a, b})
    (True, 1)
    """

    __slots__ = ("__weakref__", "_data", "_raw")

    kind: ClassVar[str] = ""
    """The word for this kind of document."""

    _raw: _RawT
    _data: dict[str, Any] | None

    def __new__(cls, *args: Any, **kwargs: Any) -> Self:
        raise TypeError(f"{cls.__name__} has no constructor; use {cls.__name__}.from_json or {cls.__name__}.load")

    @classmethod
    def _of(cls, raw: Any) -> Self:
        return cls._made(_raw=raw, _data=None)

    @classmethod
    def _read(cls, data: bytes, name: str, limits: Limits | None = None) -> Self:
        raw, found = _native.read(cls.kind, data, _limits(limits))
        if raw is None:
            diagnostics = _diagnostics(found)
            count = "1 problem" if len(diagnostics) == 1 else f"{len(diagnostics)} problems"
            raise ReadError(f"{name} is not a {cls.kind} that can be read: {count}", diagnostics)
        return cls._of(raw)

    @classmethod
    def from_json(cls, text: str | bytes, *, limits: Limits | None = None) -> Self:
        """Reads a document. Raises `ReadError` with everything that is wrong with the text. `limits` are as for `talent.check`."""
        return cls._read(_bytes(text), "the text", limits)

    @classmethod
    def load(cls, path: str | os.PathLike[str], *, limits: Limits | None = None) -> Self:
        """Reads a document from a file. Raises `ReadError` as `from_json` does, and `OSError` when there is no such file."""
        return cls._read(Path(path).read_bytes(), os.fspath(path), limits)

    def to_json(self) -> str:
        """The document as indented JSON, with a line break at the end."""
        return self._raw.to_json()

    def to_dict(self) -> dict[str, Any]:
        """The document as plain Python values; a new copy each time."""
        data: dict[str, Any] = json.loads(self.to_json())
        return data

    @property
    def digest(self) -> str:
        """The SHA-256 digest of the canonical form (RFC 8785)."""
        return self._raw.digest()

    @property
    def id(self) -> str:
        """The identifier."""
        return str(self._view["id"])

    @property
    def _view(self) -> dict[str, Any]:
        # Private and never handed out: properties copy what they return.
        if self._data is None:
            object.__setattr__(self, "_data", self.to_dict())
        assert self._data is not None
        return self._data

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return other is self or other.digest == self.digest

    def __hash__(self) -> int:
        return hash((self.kind, self.digest))

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self).from_json, (self.to_json(),)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.id}>"


def _text(text: Mapping[str, str] | None) -> dict[str, str]:
    return dict(text or {})


class Standard(Document[_native.RawStandard]):
    """What is asked, how it is scored, and why.

    >>> standard = talent.reference()
    >>> standard  # doctest: +ELLIPSIS
    <Standard talent-reference ...: 9 scenarios, 115 indicators>
    >>> standard.stages, len(standard.scenarios)
    (['built', 'new'], 9)
    """

    __slots__ = ()
    kind: ClassVar[str] = "standard"

    @property
    def version(self) -> str:
        """The version of the standard."""
        return str(self._view["version"])

    @property
    def title(self) -> dict[str, str]:
        """The name, by language."""
        return _text(self._view["title"])

    @property
    def languages(self) -> list[str]:
        """The languages in which every text stands; the first is the source language."""
        return list(self._view["languages"])

    @property
    def stages(self) -> list[str]:
        """The stages, in order; `all` when the standard tells none apart."""
        return [stage["id"] for stage in self._view.get("stages", [])] or ["all"]

    @property
    def scenarios(self) -> list[str]:
        """The scenarios, in order."""
        return [scenario["id"] for scenario in self._view["scenarios"]]

    @property
    def indicators(self) -> list[str]:
        """The indicators, in order."""

        def walk(category: Mapping[str, Any]) -> list[str]:
            found = [indicator["id"] for indicator in category.get("indicators", [])]
            return found + [id for inner in category.get("categories", []) for id in walk(inner)]

        return [id for scenario in self._view["scenarios"] for id in walk(scenario)]

    @property
    def grades(self) -> list[str]:
        """The grades, lowest first."""
        return [grade["id"] for grade in self._view.get("grades", [])]

    @property
    def weight_sets(self) -> list[str]:
        """The sets of alternative weights."""
        return [weights["id"] for weights in self._view.get("weight_sets", [])]

    def __repr__(self) -> str:
        counts = f"{len(self.scenarios)} scenarios, {len(self.indicators)} indicators"
        return f"<Standard {self.id} {self.version}: {counts}>"


class Community(Document[_native.RawCommunity]):
    """A community's facts, zones and assets.

    >>> text = '{"kind": "community", "model": "1.0", "id": "riverside", "name": {"en": "Riverside"}}'
    >>> talent.Community.from_json(text)
    <Community riverside: 0 zones>
    """

    __slots__ = ()
    kind: ClassVar[str] = "community"

    @property
    def name(self) -> dict[str, str]:
        """The name, by language."""
        return _text(self._view["name"])

    @property
    def zones(self) -> list[str]:
        """The zones, in order."""
        return [zone["id"] for zone in self._view.get("zones", [])]

    def __repr__(self) -> str:
        count = len(self.zones)
        return f"<Community {self.id}: {count} zone{'' if count == 1 else 's'}>"


class Submission(Document[_native.RawSubmission]):
    """A community's observations against a standard.

    >>> submission = talent.Submission.load("docs/examples/minimal/submission.json")
    >>> submission
    <Submission riverside-2026: 3 observations against minimal 1.0.0>
    >>> submission.period, submission.community.id
    (('2026-01-01', '2026-12-31'), 'riverside')
    """

    __slots__ = ()
    kind: ClassVar[str] = "submission"

    @property
    def standard_id(self) -> str:
        """The standard that is answered."""
        return str(self._view["standard"]["id"])

    @property
    def standard_version(self) -> str:
        """Its version."""
        return str(self._view["standard"]["version"])

    @property
    def standard_digest(self) -> str | None:
        """Its digest; `None` when the submission does not pin it."""
        digest: str | None = self._view["standard"].get("digest")
        return digest

    @property
    def period(self) -> tuple[str, str]:
        """The first and the last day for which the observations hold."""
        period = self._view["period"]
        return period["from"], period["to"]

    @property
    def community(self) -> Community | None:
        """The community that the submission carries; `None` when it only refers to one."""
        community = self._view.get("community")
        return None if community is None else Community.from_json(json.dumps(community))

    @property
    def observations(self) -> list[dict[str, Any]]:
        """The observations, in order, as plain values; a new copy each time."""
        return list(self.to_dict()["observations"])

    def __repr__(self) -> str:
        count = len(self._view["observations"])
        what = f"{count} observation{'' if count == 1 else 's'} against {self.standard_id} {self.standard_version}"
        return f"<Submission {self.id}: {what}>"


class Waivers(Document[_native.RawWaivers]):
    """Findings that somebody has accepted, each with reason, approver and last day.

    >>> waiver = '{"code": "TM0355", "reason": {"en": "Repeated every second year"}, "approver": "Review panel", "until": "2026-12-31"}'
    >>> talent.Waivers.from_json('{"kind": "waivers", "model": "1.0", "waivers": [' + waiver + ']}')
    <Waivers of TM0355>
    """

    __slots__ = ()
    kind: ClassVar[str] = "waivers"

    @property
    def id(self) -> str:
        """Waivers have no identifier of their own; their digest stands for it."""
        return self.digest

    @property
    def codes(self) -> list[str]:
        """The codes of what is accepted, in order."""
        return [waiver["code"] for waiver in self._view["waivers"]]

    def __repr__(self) -> str:
        return f"<Waivers of {', '.join(self.codes) or 'nothing'}>"


@dataclass(frozen=True, slots=True)
class Verdicts(Record):
    """Four verdicts, none of which means another.

    >>> standard = talent.Standard.load("docs/examples/minimal/standard.json")
    >>> talent.assess(talent.Submission.load("docs/examples/minimal/submission.json"), standard).verdicts
    Verdicts(readable=True, conforms=True, scorable=True, meets='good')
    """

    readable: bool
    """It could be read."""
    conforms: bool
    """It follows the schema and the rules."""
    scorable: bool
    """It is complete enough to be graded."""
    meets: str | None
    """The grade that it meets; `None` for none."""


@dataclass(frozen=True, slots=True)
class IndicatorResult(Record):
    """What became of one indicator.

    >>> standard = talent.Standard.load("docs/examples/minimal/standard.json")
    >>> assessment = talent.assess(talent.Submission.load("docs/examples/minimal/submission.json"), standard)
    >>> council = assessment.indicators["residents-council"]
    >>> council.use, council.score, council.potential
    ('scored', 60, 10)
    """

    id: str
    """The identifier."""
    name: Mapping[str, str] = field(hash=False)
    """The name, by language."""
    use: str
    """What became of it in the total: `scored`, `excluded`, `zeroed`, `refused`, `not_applicable`, `informative` or `bonus`."""
    score: float | None
    """The score from 0 to 100; `None` when there is none."""
    low: float | None
    """The score if everything unknown were at its worst."""
    high: float | None
    """The score if everything unknown were at its best."""
    coverage: float
    """The share that is known, from 0 to 1."""
    contribution: float | None
    """How much of the total comes from it; `None` when not scored or not defined."""
    potential: float | None
    """How much the total would rise if this indicator alone scored fully."""


@dataclass(frozen=True, slots=True)
class Gate(Record):
    """What a required indicator must reach in one stage.

    >>> standard = talent.Standard.load("docs/examples/minimal/standard.json")
    >>> gate = talent.assess(talent.Submission.load("docs/examples/minimal/submission.json"), standard).gates[0]
    >>> gate.indicator, gate.state, gate.measure >= gate.at_least
    ('park-area', 'passed', True)
    """

    indicator: str
    """The indicator."""
    stage: str
    """The stage."""
    state: str
    """`passed`, `failed` or `unknown`."""
    measure: float | None
    """What is there; `None` when unknown."""
    at_least: float | None
    """What is needed at least."""
    at_most: float | None
    """What is allowed at most."""


class Assessment(Document[_native.RawAssessment]):
    """What a submission is worth under a standard, and why.

    >>> standard = talent.Standard.load("docs/examples/minimal/standard.json")
    >>> assessment = talent.assess(talent.Submission.load("docs/examples/minimal/submission.json"), standard)
    >>> assessment
    <Assessment riverside-2026: 'good', 80.0 in [80.0, 80.0], coverage 100%>
    >>> assessment.scenarios
    {'green': 80, 'social': 80}
    >>> assessment.gates[0].state
    'passed'
    """

    __slots__ = ()
    kind: ClassVar[str] = "assessment"

    @property
    def id(self) -> str:
        """The submission that was assessed."""
        return str(self._view["provenance"]["submission"]["id"])

    @property
    def grade(self) -> str | None:
        """The grade; `None` for none."""
        grade: str | None = self._view["grade"].get("awarded")
        return grade

    @property
    def total(self) -> float | None:
        """The total; `None` when there is none."""
        total: float | None = self._view["total"].get("score")
        return total

    @property
    def low(self) -> float:
        """The total if everything unknown were at its worst."""
        return float(self._view["total"]["low"])

    @property
    def high(self) -> float:
        """The total if everything unknown were at its best."""
        return float(self._view["total"]["high"])

    @property
    def coverage(self) -> float:
        """The share of the weight for which a value is known, from 0 to 1."""
        return float(self._view["total"]["coverage"])

    @property
    def scenarios(self) -> dict[str, float | None]:
        """The score of every scenario, in order."""
        return {node["id"]: node["score"].get("score") for node in self._view["nodes"] if "parent" not in node}

    @property
    def indicators(self) -> dict[str, IndicatorResult]:
        """The result of every indicator, in order. The way from each raw value is in `to_dict()["indicators"]`."""
        return {result.id: result for result in map(_indicator, self._view["indicators"])}

    @property
    def modules(self) -> dict[str, float | None]:
        """The score of every module for communities of this kind, in order. No module is part of the total."""
        modules = self._view.get("modules", [])
        return {module["id"]: module["score"].get("score") for module in modules if "score" in module}

    @property
    def gates(self) -> list[Gate]:
        """Every gate, in order of the indicators."""
        return [
            Gate(
                indicator=indicator["id"],
                stage=stage["stage"],
                state=stage["gate_state"],
                measure=stage.get("measure"),
                at_least=stage.get("gate", {}).get("at_least"),
                at_most=stage.get("gate", {}).get("at_most"),
            )
            for indicator in self._view["indicators"]
            for stage in indicator["stages"]
            if "gate_state" in stage
        ]

    @property
    def verdicts(self) -> Verdicts:
        """The four verdicts."""
        verdicts = self._view["verdicts"]
        return Verdicts(verdicts["readable"], verdicts["conforms"], verdicts["scorable"], verdicts.get("meets"))

    @property
    def diagnostics(self) -> list[Diagnostic]:
        """What was found on the way."""
        return [Diagnostic(**found) for found in self._view["diagnostics"]]

    def to_html(self, standard: Standard | None = None, *, submission: Submission | None = None, lang: str = "en", both: bool = False, public: bool = False) -> str:
        """A report as one HTML file that needs neither network nor script; see `talent.report`.

        `standard` and `submission` are those that were assessed. An assessment made in this process remembers them; one that was read from a file
        needs the standard, if it is not the reference standard, and shows evidence and notes only with the submission. Raises `CheckError` when
        either is another one than was assessed (TM0930, TM0931).

        >>> page = talent.assess(talent.Submission.load("docs/examples/new-shougang.submission.json")).to_html(lang="zh")
        >>> page.startswith("<!doctype html>"), "<script" in page
        (True, False)
        """
        return _report(self, "html", standard, submission, lang, both, public)

    def to_markdown(self, standard: Standard | None = None, *, submission: Submission | None = None, lang: str = "en", both: bool = False, public: bool = False) -> str:
        """A report as Markdown, with the arguments of `to_html`."""
        return _report(self, "md", standard, submission, lang, both, public)

    def to_workbook(self, standard: Standard | None = None, *, submission: Submission | None = None, lang: str = "en", both: bool = False, public: bool = False) -> bytes:
        """A report as a workbook (.xlsx) with a sheet for every section, with the arguments of `to_html`."""
        return _report(self, "xlsx", standard, submission, lang, both, public)

    def _repr_html_(self) -> str | None:
        """The scorecard, in the language of the surroundings; nothing where the standard is not at hand."""
        surroundings = next((value for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (value := os.environ.get(name))), "")
        made, _ = _native.write_report(self._raw, None, None, "card", "zh" if surroundings.startswith("zh") else "en", False, False)
        return None if made is None else made.decode("utf-8")

    def __repr__(self) -> str:
        total = "no score" if self.total is None else f"{self.total:.1f}"
        grade = "no grade" if self.grade is None else repr(self.grade)
        return f"<Assessment {self.id}: {grade}, {total} in [{self.low:.1f}, {self.high:.1f}], coverage {self.coverage:.0%}>"


def _indicator(result: Mapping[str, Any]) -> IndicatorResult:
    return IndicatorResult(
        id=result["id"],
        name=_text(result["name"]),
        use=result["use"],
        score=result.get("score"),
        low=result.get("low"),
        high=result.get("high"),
        coverage=result["coverage"],
        contribution=result.get("contribution"),
        potential=result.get("potential"),
    )


@overload
def _report(assessment: Assessment, form: Literal["html", "md"], standard: Standard | None, submission: Submission | None, lang: str, both: bool, public: bool) -> str: ...
@overload
def _report(assessment: Assessment, form: Literal["xlsx"], standard: Standard | None, submission: Submission | None, lang: str, both: bool, public: bool) -> bytes: ...
@overload
def _report(assessment: Assessment, form: str, standard: Standard | None, submission: Submission | None, lang: str, both: bool, public: bool) -> str | bytes: ...
def _report(assessment: Assessment, form: str, standard: Standard | None, submission: Submission | None, lang: str, both: bool, public: bool) -> str | bytes:
    own, answered = None if standard is None else standard._raw, None if submission is None else submission._raw
    made, found = _native.write_report(assessment._raw, own, answered, form, lang, both, public)
    if made is None:
        raise CheckError(f"no report can be made of {assessment.id} with what is at hand", _diagnostics(found))
    return made if form == "xlsx" else made.decode("utf-8")
