"""Comparisons: many communities under one method, fenced to like with like."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from talent import _html, _native
from talent._diagnostic import CompareError, Diagnostic, _diagnostics
from talent._document import Community, Document, Standard, Submission
from talent._robust import _study, usual_study
from talent._value import Record
from talent._workbook import Source, _read


@dataclass(frozen=True, slots=True)
class Compared(Record):
    """One community in a comparison.

    >>> from pathlib import Path
    >>> comparison = talent.compare(sorted(Path("docs/examples").glob("*.submission.json")))
    >>> first = comparison.communities["zhongguancun-science-city"]
    >>> first.rank, first.places, first.low <= first.total <= first.high
    (1.0, (1, 1), True)
    """

    id: str
    """The identifier of the community."""
    submission: str
    """The identifier of its submission."""
    rank: float | None
    """The rank by the unrounded total, 1 for the best; `None` when it is not ranked."""
    places: tuple[int, int] | None
    """The best and the worst place that it can have, whatever the unknown answers are."""
    unranked: str | None
    """Why it is not ranked: `no_score` or `coverage`."""
    total: float | None
    """The total; `None` when there is none."""
    low: float
    """The total if everything unknown were at its worst."""
    high: float
    """The total if everything unknown were at its best."""
    coverage: float
    """The share of the weight for which a value is known, from 0 to 1."""
    grade: str | None
    """The grade; `None` for none."""
    scenarios: Mapping[str, float | None] = field(hash=False)
    """The score of every scenario, in order."""


class Comparison(Document[_native.RawComparison]):
    """Many communities under one method: what each is worth, who is above whom, and how surely.

    >>> standard = talent.Standard.load("docs/examples/minimal/standard.json")
    >>> riverside = talent.Submission.load("docs/examples/minimal/submission.json")
    >>> hilltop = talent.Submission.from_json(riverside.to_json().replace("riverside", "hilltop").replace("120000", "60000"))
    >>> comparison = talent.compare([riverside, hilltop], standard)
    >>> comparison
    <Comparison of 2 communities, 2 ranked>
    >>> comparison.ranks
    {'hilltop': 2.0, 'riverside': 1.0}
    >>> comparison.certainty("riverside", "hilltop")
    'surely'
    >>> comparison.difference("riverside", "hilltop")["difference"]
    21.25
    """

    __slots__ = ()
    kind: ClassVar[str] = "comparison"

    @property
    def id(self) -> str:
        """The digest: a comparison has no other name."""
        return self.digest

    @property
    def communities(self) -> dict[str, Compared]:
        """Every community by its identifier, in the order of the identifiers."""
        return {one.id: one for one in map(_compared, self._view["communities"])}

    @property
    def ranks(self) -> dict[str, float | None]:
        """The rank of every community; `None` when it is not ranked."""
        return {id: one.rank for id, one in self.communities.items()}

    @property
    def tiers(self) -> list[list[str]]:
        """The tied groups, the best first: every member of one is surely above every member of the next."""
        return [list(tier["communities"]) for tier in self._view["tiers"]]

    @property
    def front(self) -> list[str]:
        """The communities that no other is at least as good as in every scenario and better in one."""
        return list(self._view["order"]["front"])

    @property
    def covers(self) -> list[tuple[str, str]]:
        """The partial order over the scenarios, as its covering relation: pairs of better and worse."""
        return [(cover["better"], cover["worse"]) for cover in self._view["order"]["covers"]]

    def certainty(self, better: str, worse: str) -> str | None:
        """How surely one community is above another: `surely`, `by_score` or `tied`; `None` when it is not above it, or one of them is not ranked."""
        for pair in self._view["pairs"]:
            tied = pair["certainty"] == "tied"
            if (pair["better"], pair["worse"]) == (better, worse) or (tied and (pair["better"], pair["worse"]) == (worse, better)):
                return str(pair["certainty"])
        return None

    def difference(self, of: str, against: str) -> dict[str, Any]:
        """The difference of two totals by scenario and indicator, as plain values. Added one by one, with the `rest` last, the parts are the difference to the last bit.

        Raises `KeyError` when a community is not in the comparison or has no total.
        """
        for id in (of, against):
            if id not in self.communities or self.communities[id].total is None:
                raise KeyError(id)
        text = _native.compare_difference(self._raw, of, against)
        assert text is not None
        data: dict[str, Any] = json.loads(text)
        return data

    @property
    def confidence(self) -> dict[str, Any] | None:
        """How sure the ranks are over the draws of a study: intervals, tied groups and how often one is above another, as plain data. `None` where nothing was drawn."""
        found = self._view.get("confidence")
        return None if found is None else json.loads(json.dumps(found))

    def to_columns(self) -> dict[str, list[Any]]:
        """The communities with their scores and ranks, as columns for any data frame."""
        communities = list(self._view["communities"])
        compared = list(self.communities.values())
        columns: dict[str, list[Any]] = {
            "community": [one.id for one in compared],
            "submission": [one.submission for one in compared],
            "rank": [one.rank for one in compared],
            "best_place": [None if one.places is None else one.places[0] for one in compared],
            "worst_place": [None if one.places is None else one.places[1] for one in compared],
            "grade": [one.grade for one in compared],
            "total": [one.total for one in compared],
            "low": [one.low for one in compared],
            "high": [one.high for one in compared],
            "coverage": [one.coverage for one in compared],
        }
        for scenario in self._view["scenarios"]:
            own = [{score["id"]: score for score in one["scenarios"]}.get(scenario["id"], {}) for one in communities]
            columns[scenario["id"]] = [score.get("score", {}).get("score") for score in own]
            columns[f"{scenario['id']}.rank"] = [score.get("rank") for score in own]
        return columns

    @property
    def diagnostics(self) -> list[Diagnostic]:
        """What was found on the way: fences that were crossed, communities that are not ranked, submissions that were left out."""
        return [Diagnostic(**found) for found in self._view["diagnostics"]]

    def _repr_html_(self) -> str:
        return _html.columns(self.to_columns(), repr(self))

    def __repr__(self) -> str:
        ranked = sum(rank is not None for rank in self.ranks.values())
        return f"<Comparison of {len(self.ranks)} communities, {ranked} ranked>"


def _compared(one: Mapping[str, Any]) -> Compared:
    rank = one.get("rank")
    return Compared(
        id=one["community"]["id"],
        submission=one["submission"]["id"],
        rank=None if rank is None else float(rank["rank"]),
        places=None if rank is None else (int(rank["best_place"]), int(rank["worst_place"])),
        unranked=one.get("unranked"),
        total=one["total"].get("score"),
        low=one["total"]["low"],
        high=one["total"]["high"],
        coverage=one["total"]["coverage"],
        grade=one.get("grade"),
        scenarios={own["id"]: own["score"].get("score") for own in one["scenarios"]},
    )


def compare(
    submissions: Iterable[Submission | Source],
    standard: Standard | Sequence[Standard] | None = None,
    *,
    communities: Iterable[Community] = (),
    weight_set: str | None = None,
    ties: str = "competition",
    across: Sequence[str] = (),
    peers: str | None = None,
    method: Sequence[Mapping[str, Any]] | None = None,
    values: str = "scores",
    study: Mapping[str, Any] | None = None,
    draws: int | None = None,
) -> Comparison:
    """Compares submissions against `standard` (absent: the reference standard). Their order changes nothing.

    A submission may also be a file, as bytes or as a `pathlib.Path`: a document or a filled workbook. Of several standards, each submission is scored by the one that it answers.
    `communities` are needed where submissions only refer to theirs. `ties` is `competition` (1 2 2 4), `modified` (1 3 3 4), `dense` (1 2 2 3) or `fractional` (1 2.5 2.5 4).
    `across` names the fences to be crossed, which is marked in the result: `standards`, `versions`, `stages`, `weight_sets` or `periods`. `peers` is the fact by which communities are of one
    kind (absent: their type). `method` is a list of steps of index building, run over the same submissions: over the indicators' `scores` or `measures`, as `values` says.
    `study` says what is varied to tell how sure the ranks are (absent: `usual_study()`), `draws` how often; with 0 draws nothing is said of it.

    Raises `CompareError` with everything that is wrong with every submission, and with all of them together.

    >>> from pathlib import Path
    >>> comparison = talent.compare(sorted(Path("docs/examples").glob("*.submission.json")))
    >>> comparison.tiers[0], comparison.communities["huairou-science-city"].unranked
    (['zhongguancun-science-city'], 'coverage')
    """
    standards = [standard] if isinstance(standard, Standard) else list(standard or [Standard._of(_native.reference())])
    if isinstance(submissions, (bytes, str, os.PathLike, Submission)):
        raise TypeError("several submissions are needed, as a list")
    read = [_read(one, standards[0]) if isinstance(one, (bytes, os.PathLike)) else one for one in submissions]
    for one in read:
        if not isinstance(one, Submission):
            raise TypeError(f"a Submission is needed, not {type(one).__name__}; read it with Submission.from_json or Submission.load")

    def own(submission: Submission) -> Standard:
        answered = (submission.standard_id, submission.standard_version)
        return next((known for known in standards if (known.id, known.version) == answered), standards[0])

    by_id = {community.id: community for community in communities}

    def referred(submission: Submission) -> Community | None:
        reference = submission._view.get("community_ref")
        return None if reference is None else by_id.get(reference["id"])

    raw_communities = [None if (community := referred(one)) is None else community._raw for one in read]
    steps = None if method is None else json.dumps({"steps": list(method)}).encode()
    raw, faulty, found = _native.compare(
        [one._raw for one in read], [own(one)._raw for one in read], raw_communities, weight_set, ties, list(across), peers, steps, values, None if draws == 0 else _study(usual_study() if study is None else study, {"draws": draws})
    )
    if raw is not None:
        return Comparison._of(raw)
    names = ", ".join(read[place].id for place, _ in faulty)
    findings = [finding for _, findings in faulty for finding in findings]
    errors = [d for d in _diagnostics([*findings, *found]) if d.severity == "error"]
    raise CompareError(f"these submissions cannot be scored: {names}" if faulty else "these submissions cannot be compared", errors)
