"""Reports: assessments for people."""

from __future__ import annotations

from typing import Literal, overload

from talent import _native
from talent._diagnostic import CheckError, _diagnostics
from talent._document import Assessment, Community, Standard, Submission, _report
from talent._engine import assess
from talent._workbook import Source, _read, _standard


@overload
def report(
    subject: Submission | Assessment | Source,
    standard: Standard | None = None,
    *,
    format: Literal["html", "md"] = "html",
    lang: str = "en",
    both: bool = False,
    public: bool = False,
    community: Community | None = None,
    weight_set: str | None = None,
) -> str: ...


@overload
def report(
    subject: Submission | Assessment | Source,
    standard: Standard | None = None,
    *,
    format: Literal["xlsx"],
    lang: str = "en",
    both: bool = False,
    public: bool = False,
    community: Community | None = None,
    weight_set: str | None = None,
) -> bytes: ...


def report(
    subject: Submission | Assessment | Source,
    standard: Standard | None = None,
    *,
    format: Literal["html", "md", "xlsx"] = "html",
    lang: str = "en",
    both: bool = False,
    public: bool = False,
    community: Community | None = None,
    weight_set: str | None = None,
) -> str | bytes:
    """A report for people: a scorecard of one page first, then every indicator with its trace in sentences, the method and the digests.

    `subject` is an assessment, or a submission that is assessed first: typed, or as a file (a document or a filled workbook, as bytes or as a
    `pathlib.Path`) against `standard` (absent: the reference standard), with `community` and `weight_set` as in `assess`. `format` is `html` (one
    file without script or network), `md` (Markdown) or `xlsx` (a workbook, as bytes). `lang` is `en` or `zh`; with `both`, the other language
    follows it. `public` leaves out evidence that is not public, notes, and what was said of withheld values. The same arguments give the same bytes.
    Raises what `assess` raises, and `CheckError` (TM0930) when an assessment was made with another standard than the one given.

    >>> standard = talent.Standard.load("docs/examples/minimal/standard.json")
    >>> submission = talent.Submission.load("docs/examples/minimal/submission.json")
    >>> talent.report(submission, standard, format="md").splitlines()[0]
    '# Riverside – Assessment report'
    """
    if isinstance(subject, Assessment):
        if community is not None or weight_set is not None:
            raise TypeError("an assessment has its community and weights already; give the submission to assess it with others")
        return _report(subject, format, standard, None, lang, both, public)
    if not isinstance(subject, Submission):
        subject = _read(subject, _standard(standard))
    made = assess(subject, standard, community=community, weight_set=weight_set)
    return _report(made, format, standard, subject, lang, both, public)
