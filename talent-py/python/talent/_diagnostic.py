"""Findings, and the exceptions that carry them."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from talent import _native
from talent._value import Record

if TYPE_CHECKING:
    from talent._native import _Accepted, _Finding


@dataclass(frozen=True, slots=True)
class Waived(Record):
    """Why a finding does not count, who decided so, and until when.

    >>> why = '{"code": "TM0304", "reason": {"en": "A trial"}, "approver": "Review panel", "until": "2026-12-31"}'
    >>> waivers = talent.Waivers.from_json('{"kind": "waivers", "model": "1.0", "waivers": [' + why + ']}')
    >>> standard = talent.Standard.load("docs/examples/minimal/standard.json")
    >>> submission = talent.Submission.load("docs/examples/minimal/submission.json")
    >>> talent.check(submission, standard, waivers=waivers, on="2026-06-30")[0].waived.approver
    'Review panel'
    """

    reason: Mapping[str, str] = field(hash=False)
    """Why it is accepted, by language."""
    approver: str
    """Who accepted it."""
    until: datetime.date
    """The last day on which the acceptance holds."""


@dataclass(frozen=True, slots=True)
class Diagnostic(Record):
    """One finding: a permanent code, how much it weighs, where it is, and the parameters of its message.

    >>> found = talent.check('{"kind": "community", "model": "1.0", "id": "riverside"}')[0]
    >>> found.code, found.severity, found.pointer, found.line, found.column
    ('TM0202', 'error', '', 1, 1)
    >>> found.message()
    'the member `name` is missing'
    >>> found.message("zh")
    '缺少成员 `name`'
    """

    code: str
    """The permanent code, such as `TM0305`; `talent.explain` has its page."""
    severity: str
    """`error`, `warning` or `note`."""
    pointer: str = ""
    """Where in the document, as a JSON Pointer (RFC 6901)."""
    line: int | None = None
    """The line in the text, from 1; `None` when the text is not at hand."""
    column: int | None = None
    """The column in the line, in characters, from 1."""
    length: int | None = None
    """How many characters of that line it concerns."""
    params: Mapping[str, str] = field(default_factory=dict, hash=False)
    """The parameters of the message."""
    cell: str | None = None
    """The cell, such as `Living!H12`, where the document was read from a workbook."""
    waived: Waived | None = None
    """Why it does not count, where somebody has accepted it."""

    def message(self, lang: str = "en") -> str:
        """The finding in words, in English (`en`) or Chinese (`zh`)."""
        text = _native.message(self.code, dict(self.params), lang)
        if text is None:
            raise ValueError(f"no message for {self.code!r} in {lang!r}: the languages are en and zh")
        return text

    def __str__(self) -> str:
        place = self.cell or self.pointer or "the document"
        if self.line is not None:
            place = f"{self.line}:{self.column}"
        return f"{self.code} at {place}: {self.message()}"


def _diagnostics(findings: Iterable[_Finding]) -> list[Diagnostic]:
    return [Diagnostic(*finding[:8], waived=_waived(finding[8])) for finding in findings]


def _waived(accepted: _Accepted | None) -> Waived | None:
    return None if accepted is None else Waived(accepted[0], accepted[1], datetime.date.fromisoformat(accepted[2]))


class TalentError(ValueError):
    """What the engine cannot work with. `diagnostics` has every finding, not only the first.

    >>> try:
    ...     talent.Community.from_json("{}")
    ... except talent.TalentError as error:
    ...     [found.code for found in error.diagnostics]
    ['TM0101']
    """

    diagnostics: tuple[Diagnostic, ...]

    def __init__(self, message: str, diagnostics: Iterable[Diagnostic] = ()) -> None:
        self.diagnostics = tuple(diagnostics)
        self._message = message
        lines = [message, *(f"  {found}" for found in self.diagnostics)]
        super().__init__("\n".join(lines))

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self._message, self.diagnostics)


class ReadError(TalentError):
    """A text that is not a document of the kind asked for.

    >>> try:
    ...     talent.Community.from_json('{"kind": "community", "model": "1.0", "id": "riverside"}')
    ... except talent.ReadError as error:
    ...     print(error)
    the text is not a community that can be read: 1 problem
      TM0202 at 1:1: the member `name` is missing
    """


class CheckError(TalentError):
    """A standard that cannot be used: it is not sound, or has no such set of weights or stage.

    >>> submission = talent.Submission.load("docs/examples/new-shougang.submission.json")
    >>> try:
    ...     talent.assess(submission, weight_set="heavy")
    ... except talent.CheckError as error:
    ...     [found.code for found in error.diagnostics]
    ['TM0505']
    """


class AssessError(TalentError):
    """A submission or a frame that does not conform to its standard, and so cannot be scored.

    >>> submission = talent.Submission.load("docs/examples/minimal/submission.json")
    >>> try:
    ...     talent.assess(submission)
    ... except talent.AssessError as error:
    ...     [found.code for found in error.diagnostics]
    ['TM0301']
    """


class CompareError(TalentError):
    """Submissions that cannot be compared: one of them cannot be scored, or they are unlike.

    >>> submission = talent.Submission.load("docs/examples/minimal/submission.json")
    >>> try:
    ...     talent.compare([submission, submission], talent.Standard.load("docs/examples/minimal/standard.json"))
    ... except talent.CompareError as error:
    ...     [found.code for found in error.diagnostics]
    ['TM0775']
    """


class MethodError(TalentError):
    """Tables or a method of an index that cannot be used, or that come to nothing.

    >>> try:
    ...     talent.Index({"code": ["parks"]}, {"unit": ["A", "B"]})
    ... except talent.MethodError as error:
    ...     [found.code for found in error.diagnostics]
    ['TM0705']
    """
