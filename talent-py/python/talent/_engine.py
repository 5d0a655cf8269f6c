"""What the engine does with documents."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from talent import _native
from talent._check import _unusable
from talent._diagnostic import AssessError, CheckError, Diagnostic, TalentError, _diagnostics
from talent._document import Assessment, Community, Limits, Standard, Submission
from talent._value import Record
from talent._workbook import Source, _read


def reference() -> Standard:
    """The reference standard, which is the default everywhere.

    >>> len(talent.reference().indicators)
    115
    """
    return Standard._of(_native.reference())


def assess(
    submission: Submission | Source,
    standard: Standard | None = None,
    *,
    community: Community | None = None,
    weight_set: str | None = None,
    limits: Limits | None = None,
) -> Assessment:
    """Scores a submission against `standard` (absent: the reference standard).

    The submission may also be a file: a document or a filled workbook, as bytes or as a `pathlib.Path`; `ReadError` tells what it is if neither.
    `community` is needed when the submission only refers to one. `weight_set` names one of the standard's alternative weights.
    `limits` say how much of a file is read, as for `talent.check`.
    Raises `AssessError` when the submission does not conform, and `CheckError` when the standard cannot be used.

    >>> submission = talent.Submission.load("docs/examples/new-shougang.submission.json")
    >>> assessment = talent.assess(submission)
    >>> assessment.low <= assessment.total <= assessment.high
    True
    >>> minimal = talent.Standard.load("docs/examples/minimal/standard.json")
    >>> talent.assess(submission, minimal)
    Traceback (most recent call last):
    ...
    talent.AssessError: new-shougang-2025 cannot be assessed: 1 problem
      TM0301 at /standard/id: the submission answers the standard `talent-reference`, but `minimal` is at hand
    """
    against = reference() if standard is None else standard
    if isinstance(submission, (bytes, os.PathLike)):
        submission = _read(submission, against, limits=limits)
    if not isinstance(submission, Submission):
        raise TypeError(f"a Submission is needed, not {type(submission).__name__}; read it with Submission.from_json or Submission.load")
    other = None if community is None else community._raw
    raw, faults, found = _native.assess(submission._raw, against._raw, other, weight_set)
    if raw is not None:
        return Assessment._of(raw)
    if faults:
        raise _unusable(against, _diagnostics(faults))
    errors = [d for d in _diagnostics(found) if d.severity == "error"]
    count = "1 problem" if len(errors) == 1 else f"{len(errors)} problems"
    raise AssessError(f"{submission.id} cannot be assessed: {count}", errors)


def schema(kind: str, standard: Standard | None = None, stage: str | None = None) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a kind of document: `standard`, `community`, `submission` or `assessment`.

    With `standard` or `stage`, the schema of submissions to that standard (absent: the reference standard), in which each indicator's
    answer, unit, range, levels and items are enforced; `stage` keeps to what one stage asks.

    >>> talent.schema("community")["title"]
    'Community'
    >>> schema = talent.schema("submission", talent.reference(), stage="new")
    >>> schema["$defs"]["StandardPin"]["properties"]["id"]
    {'const': 'talent-reference'}
    """
    compiled = standard is not None or stage is not None
    if compiled and kind != "submission":
        raise ValueError(f"only the schema of a submission is compiled from a standard, not that of a {kind}")
    against = (reference() if standard is None else standard) if compiled else None
    text = _native.schema(kind, None if against is None else against._raw, stage)
    if text is not None:
        result: dict[str, Any] = json.loads(text)
        return result
    if against is None:
        raise ValueError(f"there is no kind of document {kind!r}: the kinds are standard, community, submission and assessment")
    raise CheckError(f"the standard {against.id} has no stage {stage!r}: its stages are {', '.join(against.stages)}")


@dataclass(frozen=True, slots=True)
class SchemaChange(Record):
    """One difference between two versions of a schema that matters to a document.

    >>> change = talent.SchemaChange("additive", "Zone.ring", "may be given")
    >>> print(change)
    additive: Zone.ring: may be given
    """

    effect: str
    """What it does to documents that conformed before: `additive` when all of them still conform, `breaking` when some may not."""
    at: str
    """Where: the definition and the members inside it, such as `Rule[piecewise].points`."""
    what: str
    """What is different."""

    def __str__(self) -> str:
        return f"{self.effect}: {self.at}: {self.what}"


def schema_changes(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[SchemaChange]:
    """Every difference between two versions of a schema that matters to a document, not its wording nor how it is put together.

    A breaking change needs a new major version of the data model. What is compared are the keywords that the schemas of `talent.schema` use; a difference
    in any other counts as breaking, since nothing is known about it. Raises `ValueError` when a schema has something in it that JSON has not.

    >>> old = talent.schema("community")
    >>> new = {**old, "properties": {**old["properties"], "motto": {"type": "string"}}}
    >>> [str(change) for change in talent.schema_changes(old, new)]
    ['additive: Community.motto: may be given']
    >>> talent.schema_changes(new, old)[0].effect
    'breaking'
    """
    found = _native.schema_changes(*(json.dumps(dict(schema), allow_nan=False).encode() for schema in (old, new)))
    if found is None:
        raise ValueError("a schema is nested too deeply to be read")
    return [SchemaChange(*change) for change in found]


def explain(code: str, lang: str = "en") -> str:
    """The page of a code: what it means, why it happens, how to mend it, in English (`en`) or Chinese (`zh`).

    >>> print(talent.explain("TM0305").splitlines()[0])
    TM0305 unknown-indicator
    """
    page = _native.explain(code.upper(), lang)
    if page is not None:
        return page
    if _native.message("TM0001", {}, lang) is None:
        raise ValueError(f"the engine does not speak {lang!r}: the languages are en and zh")
    raise TalentError("there is no such code", [Diagnostic("TM0903", "error", params={"found": code})])


def codes() -> dict[str, str]:
    """Every code with its name in words.

    >>> talent.codes()["TM0305"]
    'unknown-indicator'
    """
    return dict(_native.codes())
