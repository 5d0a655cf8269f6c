"""Checking documents, one or many."""

from __future__ import annotations

import datetime
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from talent import _native
from talent._diagnostic import CheckError, Diagnostic, _diagnostics
from talent._document import Assessment, Community, Limits, Standard, Submission, Waivers, _bytes, _limits
from talent._value import Record
from talent._workbook import Source, _read, _source, _standard

Day: TypeAlias = datetime.date | str
"""A day, or its text such as `2026-03-31`."""

Previous: TypeAlias = Submission | Source | Iterable[Submission]
"""The submission of the last round, or those of several communities."""

# So many are looked at together; the native half shares them out among the cores.
_BATCH = 256
_BATCH_BYTES = 8 << 20
_ENDINGS = {".json", ".ndjson", ".jsonl", ".xlsx", ".xlsm"}


def check(
    document: Standard | Community | Submission | Assessment | Waivers | str | Source,
    standard: Standard | None = None,
    *,
    community: Community | None = None,
    previous: Previous | None = None,
    waivers: Waivers | Source | None = None,
    on: Day | None = None,
    mask: bool = False,
    limits: Limits | None = None,
) -> list[Diagnostic]:
    """Everything found in a document: typed, as text, as a file (a `pathlib.Path`), or as a filled workbook (its bytes or path).

    Only a text has lines and columns, and only a workbook has cells.

    A submission is checked against `standard` (absent: the reference standard), with `community` when it only refers to one, and questioned: about slips
    of the unit, parts and wholes, dates, evidence, copies, personal data, and about what changed since `previous`, the submission of the last round.
    Findings that `waivers` accept on the day `on` are marked as `waived`; they need the day. With `mask`, no submitted value is in any finding about a
    submission. A document conforms when none of its findings is an error. Raises `CheckError` when the standard itself cannot be used.

    `limits` say by their names how much of a text or a file is read, where it is not the usual: `{"cells": 2_000_000}`. The names are bytes, values and
    bytes-per-value for documents, form-bytes, parts, inflated, ratio, sheets, cells and text for workbooks and tables.

    >>> talent.check(talent.reference())
    []
    >>> text = '{"kind": "community", "model": "1.0", "id": "River side", "nam": {"en": "Riverside"}}'
    >>> for found in talent.check(text):
    ...     print(found)
    TM0202 at 1:1: the member `name` is missing
    TM0204 at 1:45: expected an identifier of lower-case letters, digits and single hyphens, at most 64 characters, found `River side`
    TM0201 at 1:59: unknown member `nam`; did you mean `name`?
    """
    if isinstance(document, Standard):
        return _diagnostics(_native.check_standard(document._raw))
    if isinstance(document, Community):
        return _diagnostics(_native.check_community(document._raw))
    if isinstance(document, Waivers):
        return _diagnostics(_native.check_waivers(document._raw, None, _day(on)))
    if isinstance(document, Assessment):
        return []
    against = _standard(standard)
    looked: _native._Looked | None
    if isinstance(document, Submission):
        beside, _ = _beside(against, community, previous, waivers, on, mask, limits)
        faults, looked = _native.examine_read(document._raw, against._raw, beside)
    elif isinstance(document, (str, bytes, os.PathLike)):
        beside, _ = _beside(against, community, previous, waivers, on, mask, limits)
        data = _bytes(document) if isinstance(document, str) else _source(document)
        faults, several = _native.examine([data], against._raw, beside)
        looked = several[0] if several else None
    else:
        raise TypeError(f"a document or its text is needed, not {type(document).__name__}")
    if looked is None:
        raise _unusable(against, _diagnostics(faults))
    return _diagnostics(looked[6])


@dataclass(frozen=True, slots=True)
class Checked(Record):
    """What was found about one of many documents.

    >>> [checked] = talent.check_many(['{"kind": "community", "model": "1.0", "id": "riverside"}'])
    >>> checked.name, checked.kind, checked.readable, [found.code for found in checked.diagnostics]
    ('1', 'community', True, ['TM0202'])
    """

    name: str
    """Where it is: the path, with the line behind it in a file with a document on every line, or its place among the documents, from 1."""
    kind: str | None
    """The kind of document; `None` when it cannot be told."""
    digest: str | None
    """The digest of its canonical form; `None` when it could not be read."""
    readable: bool
    """It could be read."""
    conforms: bool
    """It follows the schema and the rules."""
    scorable: bool | None
    """It is complete enough to be graded; `None` for what is no submission."""
    meets: str | None
    """The grade that it meets; `None` for none."""
    diagnostics: tuple[Diagnostic, ...]
    """Everything found, in the order of the document."""


def check_many(
    documents: Iterable[Submission | str | Source] | Source,
    standard: Standard | None = None,
    *,
    community: Community | None = None,
    previous: Previous | None = None,
    waivers: Waivers | Source | None = None,
    on: Day | None = None,
    mask: bool = False,
    limits: Limits | None = None,
) -> Iterator[Checked]:
    """Checks any number of documents on all cores, and yields what was found about each, in their order, as they are needed.

    `documents` holds texts, bytes, submissions and paths; a path may also be a folder, or a `.ndjson` file with a document on every line, and may stand
    alone. Some hundred are read at a time, so that no more than these are held. What is found about one is what `check` finds; of several submissions of
    earlier rounds, each is compared with that of its own community. With `waivers` the last result is about them, if anything is to be said of them. A
    file that cannot be read is a result with the finding TM0901.

    >>> from pathlib import Path
    >>> for result in talent.check_many(Path("docs/examples/minimal"), talent.Standard.load("docs/examples/minimal/standard.json")):
    ...     print(result.kind, result.meets, [found.code for found in result.diagnostics])
    standard None []
    submission good ['TM0304']
    """
    against = _standard(standard)
    beside, accepted = _beside(against, community, previous, waivers, on, mask, limits)
    several = [documents] if isinstance(documents, (bytes, os.PathLike)) else documents
    return _each(several, against, beside, accepted, _day(on))


def _each(
    documents: Iterable[Submission | str | Source],
    against: Standard,
    beside: _native.RawSurroundings,
    waivers: Waivers | None,
    on: str | None,
) -> Iterator[Checked]:
    used: set[int] = set()
    batch: list[tuple[str, bytes]] = []

    def results() -> Iterator[Checked]:
        faults, looked = _native.examine([data for _, data in batch], against._raw, beside)
        if faults:
            raise _unusable(against, _diagnostics(faults))
        for (name, _), (kind, digest, readable, conforms, scorable, meets, found, accepted) in zip(batch, looked, strict=True):
            used.update(accepted)
            yield Checked(name, kind, digest, readable, conforms, scorable, meets, tuple(_diagnostics(found)))
        batch.clear()

    for name, data in _read_each(documents):
        if isinstance(data, Diagnostic):
            yield from results()
            yield Checked(name, None, None, False, False, None, None, (data,))
            continue
        batch.append((name, data))
        if len(batch) >= _BATCH or sum(len(held) for _, held in batch) >= _BATCH_BYTES:
            yield from results()
    yield from results()
    if waivers is not None and on is not None:
        found = tuple(_diagnostics(_native.check_waivers(waivers._raw, sorted(used), on)))
        if found:
            sound = all(finding.severity != "error" for finding in found)
            yield Checked("waivers", Waivers.kind, waivers.digest, True, sound, None, None, found)


def _read_each(documents: Iterable[Submission | str | Source]) -> Iterator[tuple[str, bytes | Diagnostic]]:
    for number, document in enumerate(documents, 1):
        if isinstance(document, bytes):
            yield str(number), document
        elif isinstance(document, str):
            yield str(number), _bytes(document)
        elif isinstance(document, Submission):
            yield document.id, document.to_json().encode()
        elif isinstance(document, os.PathLike):
            yield from _read_path(Path(document))
        else:
            raise TypeError(f"a document, its text, its bytes or its path is needed, not {type(document).__name__}")


def _read_path(path: Path) -> Iterator[tuple[str, bytes | Diagnostic]]:
    try:
        if path.is_dir():
            for inside in sorted(path.iterdir(), key=lambda inside: os.fsencode(inside.name)):
                working = inside.name.startswith((".", "~$"))
                if not working and (inside.suffix.lower() in _ENDINGS or (inside.is_dir() and not inside.is_symlink())):
                    yield from _read_path(inside)
        elif path.suffix.lower() in (".ndjson", ".jsonl"):
            with path.open("rb") as lines:
                for number, line in enumerate(lines, 1):
                    if line.strip():
                        yield f"{path}:{number}", line
        else:
            yield str(path), path.read_bytes()
    except OSError as error:
        why = error.strerror or str(error)
        yield str(path), Diagnostic("TM0901", "error", params={"path": str(path), "why": why, "why_zh": why})


def _day(on: Day | None) -> str | None:
    return on.isoformat() if isinstance(on, datetime.date) else on


def _beside(
    standard: Standard,
    community: Community | None,
    previous: Previous | None,
    waivers: Waivers | Source | None,
    on: Day | None,
    mask: bool,
    limits: Limits | None,
) -> tuple[_native.RawSurroundings, Waivers | None]:
    if waivers is not None and on is None:
        raise ValueError("waivers hold until a day: say with `on` of which day the check is")
    if isinstance(waivers, (bytes, os.PathLike)):
        waivers = Waivers.from_json(_source(waivers))
    earlier: Sequence[Submission]
    if previous is None:
        earlier = ()
    elif isinstance(previous, Submission):
        earlier = (previous,)
    elif isinstance(previous, (bytes, os.PathLike)):
        earlier = (_read(previous, standard),)
    else:
        earlier = tuple(previous)
    other, accepted = None if community is None else community._raw, None if waivers is None else waivers._raw
    return _native.surroundings(other, [submission._raw for submission in earlier], accepted, _day(on), mask, _limits(limits)), waivers


def _unusable(standard: Standard, found: list[Diagnostic]) -> CheckError:
    return CheckError(f"the standard {standard.id} {standard.version} cannot be used", [d for d in found if d.severity == "error"])
