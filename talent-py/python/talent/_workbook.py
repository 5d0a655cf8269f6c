"""Workbooks: the form that a community fills in, and the submission in it."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Literal, TypeAlias, overload

from talent import _native
from talent._diagnostic import CheckError, ReadError, _diagnostics
from talent._document import Community, Limits, Standard, Submission, _limits

Source: TypeAlias = bytes | os.PathLike[str]
"""The bytes of a file, or where it is."""


def _source(source: Source) -> bytes:
    return source if isinstance(source, bytes) else Path(source).read_bytes()


def _standard(standard: Standard | None) -> Standard:
    return Standard._of(_native.reference()) if standard is None else standard


def _read(source: Source, standard: Standard, *, earlier: bool = False, limits: Limits | None = None) -> Submission:
    """A submission from a document or a filled workbook."""
    data = _source(source)
    name = "the file" if isinstance(source, bytes) else os.fspath(source)
    if not _native.is_form(data):
        return Submission._read(data, name, limits)
    raw, found = (_native.read_earlier if earlier else _native.read_workbook)(data, standard._raw, _limits(limits))
    if raw is None:
        errors = [d for d in _diagnostics(found) if d.severity == "error"]
        count = "1 problem" if len(errors) == 1 else f"{len(errors)} problems"
        raise ReadError(f"{name} is not a form that can be read: {count}", errors)
    return Submission._of(raw)


def template(
    standard: Standard | None = None,
    *,
    stages: Iterable[str] = (),
    zones: int = 0,
    previous: Submission | Source | None = None,
    lang: str = "en",
    both: bool = False,
) -> bytes:
    """The workbook (.xlsx) that a community fills in, made from `standard` (absent: the reference standard).

    `stages` keeps to the indicators of some stages; `zones` makes rows for so many zones instead of one for the whole community. `previous` fills in
    the answers of an earlier round, which may answer an earlier version of the standard, without its identifier and period. `lang` is `en` or `zh`; with `both`, the other language stands below it.
    The same arguments give the same bytes. Raises `CheckError` when the standard has no such stage.

    >>> form = talent.template(stages=["new"], lang="zh")
    >>> [found.code for found in talent.check(form)]
    ['TM0614']
    """
    against = _standard(standard)
    if previous is not None and not isinstance(previous, Submission):
        previous = _read(previous, against, earlier=True)
    wanted = list(stages)
    made = _native.template(against._raw, wanted, zones, None if previous is None else previous._raw, lang, both)
    if made is None:
        raise CheckError(f"the standard {against.id} has no such stage among {wanted}: its stages are {', '.join(against.stages)}")
    return made[0]


@overload
def convert(
    source: Submission,
    standard: Standard | None = None,
    *,
    layout: Literal["workbook", "long", "wide"] = "workbook",
    lang: str = "en",
    both: bool = False,
    delimiter: str = ",",
    bom: bool = False,
) -> bytes: ...
@overload
def convert(source: Source, standard: Standard | None = None, *, limits: Limits | None = None) -> Submission: ...
def convert(
    source: Submission | Source,
    standard: Standard | None = None,
    *,
    layout: Literal["workbook", "long", "wide"] = "workbook",
    lang: str = "en",
    both: bool = False,
    delimiter: str = ",",
    bom: bool = False,
    limits: Limits | None = None,
) -> Submission | bytes:
    """The submission in a filled workbook or a delimited text (CSV, TSV), or a submission as one of them.

    A file is given by its bytes or its path. Raises `ReadError` with the place of everything that was not understood. How cells were read, where
    that is not plain to see, is told by `talent.check`. `limits` say how much of the file is read, as for `talent.check`.

    Of a submission, `layout` says what is made. A workbook and a long table keep everything; of a wide table only the answers. `both` makes a workbook in
    both languages. `delimiter` parts the fields of a table, and with `bom` it begins with a byte order mark, as some spreadsheet programs need it.

    >>> submission = talent.Submission.load("docs/examples/new-shougang.submission.json")
    >>> form = talent.convert(submission, lang="zh")
    >>> talent.convert(form).id
    'new-shougang-2025'
    >>> table = talent.convert(submission, layout="long")
    >>> talent.convert(table) == submission
    True
    """
    against = _standard(standard)
    if isinstance(source, Submission):
        if layout == "workbook":
            return _native.write_workbook(source._raw, against._raw, lang, both)[0]
        if layout not in ("long", "wide"):
            raise ValueError(f"there is no layout {layout!r}: the layouts are workbook, long and wide")
        if len(delimiter) != 1 or delimiter in '"\r\n':
            raise ValueError(f"a delimiter is one character that neither quotes nor ends a line, not {delimiter!r}")
        return _native.write_table(source._raw, against._raw, layout == "wide", delimiter, bom, lang)[0]
    if not isinstance(source, (bytes, os.PathLike)):
        raise TypeError(f"a form's bytes or path, or a Submission, is needed, not {type(source).__name__} (a workbook, a table or a document)")
    return _read(source, against, limits=limits)


def merge(sources: Iterable[Source], standard: Standard | None = None, *, limits: Limits | None = None) -> Submission:
    """One submission from the partial files of several departments: workbooks, delimited texts and documents, each by its bytes or its path.

    What one file says is taken over, and what several say alike is said once. Raises `ReadError` when they contradict one another (TM0644, with both
    places), when something was not understood, or when something is missing that no file says. `limits` hold for each file, as for `talent.check`.

    >>> community = b'{"kind": "community", "model": "1.0", "id": "riverside", "name": {"en": "Riverside"}}'
    >>> table = b"submission,period.from,period.to,indicator,value\\nriverside-2026,2026-01-01,2026-12-31,housing-diversity,0.5\\n"
    >>> talent.merge([community, table]).id
    'riverside-2026'
    """
    against = _standard(standard)
    files = list(sources)
    names = [f"file {number}" if isinstance(file, bytes) else os.fspath(file) for number, file in enumerate(files, 1)]
    raw, parts, whole = _native.merge([(name, _source(file)) for name, file in zip(names, files, strict=True)], against._raw, _limits(limits))
    if raw is not None:
        return Submission._of(raw)
    errors = [found for part in [*parts, whole] for found in _diagnostics(part) if found.severity == "error"]
    count = "1 problem" if len(errors) == 1 else f"{len(errors)} problems"
    raise ReadError(f"{', '.join(names)} do not make one submission: {count}", errors)


def annotate(source: Source, standard: Standard | None = None, *, community: Community | None = None, lang: str = "en", limits: Limits | None = None) -> bytes:
    """A filled workbook back, with what was found in it: a note and a mark in every cell with a finding, and a sheet that lists what is to be mended.

    Nothing else of the workbook is changed or lost. What an earlier answer left there is replaced. The workbook is given by its bytes or its path; `lang`
    is `en` or `zh`; `standard`, `community` and `limits` are as for `talent.check`. Raises `ReadError` when it is no workbook, and `CheckError` when the standard
    cannot be used.

    >>> form = talent.template(stages=["new"])
    >>> answer = talent.annotate(form, lang="zh")
    >>> [found.code for found in talent.check(answer)]
    ['TM0614']
    """
    against = _standard(standard)
    data = _source(source)
    beside = _native.surroundings(None if community is None else community._raw, [], None, None, False, _limits(limits))
    answer, faults, unreadable = _native.annotate(data, against._raw, beside, lang)
    if faults:
        errors = [found for found in _diagnostics(faults) if found.severity == "error"]
        raise CheckError(f"the standard {against.id} {against.version} cannot be used", errors)
    if answer is None:
        name = "the file" if isinstance(source, bytes) else os.fspath(source)
        raise ReadError(f"{name} is not a workbook that can be read: 1 problem", _diagnostics(unreadable))
    return answer
