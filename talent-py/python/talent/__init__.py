"""Checks, scores and explains how well a community attracts, keeps and uses international talent, against a standard that is data.

Documents (`Standard`, `Community`, `Submission`, `Assessment`) are read from JSON and never change. `check` tells everything that is wrong
with one, `check_many` with any number, `assess` scores a submission, `template` makes the workbook that a community fills in and `convert` reads it; `schema` and `explain`
serve people and programs that prepare documents.

>>> submission = talent.Submission.load("docs/examples/minimal/submission.json")
>>> standard = talent.Standard.load("docs/examples/minimal/standard.json")
>>> assessment = talent.assess(submission, standard)
>>> assessment.grade, assessment.total
('good', 80)
"""

from talent._check import Checked, check, check_many
from talent._compare import Compared, Comparison, compare
from talent._diagnostic import AssessError, CheckError, CompareError, Diagnostic, MethodError, ReadError, TalentError, Waived
from talent._document import Assessment, Community, Document, Gate, IndicatorResult, Standard, Submission, Verdicts, Waivers
from talent._engine import SchemaChange, assess, codes, explain, reference, schema, schema_changes
from talent._frame import Findings, Frame, FrameStream, assess_frame, assess_stream, check_frame
from talent._index import Index, IndexResult, Node, judgements
from talent._native import __version__
from talent._report import report
from talent._robust import Influence, Robustness, Span, UnitRobustness, robustness, usual_study
from talent._workbook import annotate, convert, merge, template

__all__ = [
    "AssessError",
    "Assessment",
    "CheckError",
    "Checked",
    "Community",
    "CompareError",
    "Compared",
    "Comparison",
    "Diagnostic",
    "Document",
    "Findings",
    "Frame",
    "FrameStream",
    "Gate",
    "Index",
    "IndexResult",
    "IndicatorResult",
    "Influence",
    "MethodError",
    "Node",
    "ReadError",
    "Robustness",
    "SchemaChange",
    "Span",
    "Standard",
    "Submission",
    "TalentError",
    "UnitRobustness",
    "Verdicts",
    "Waived",
    "Waivers",
    "__version__",
    "annotate",
    "assess",
    "assess_frame",
    "assess_stream",
    "check",
    "check_frame",
    "check_many",
    "codes",
    "compare",
    "convert",
    "explain",
    "judgements",
    "merge",
    "reference",
    "report",
    "robustness",
    "schema",
    "schema_changes",
    "template",
    "usual_study",
]

# Names in tracebacks and pickles are the public ones.
for _public in (globals()[name] for name in __all__):
    if isinstance(_public, type):
        _public.__module__ = "talent"
del _public
