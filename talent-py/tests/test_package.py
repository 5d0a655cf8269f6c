"""The package itself: what is installed, what is public, and that nothing private is forgotten."""

import doctest
import importlib
import inspect
import io
import pkgutil
import re
import subprocess
import sys
from contextlib import redirect_stdout
from importlib import metadata
from pathlib import Path

import pytest
import talent
from talent import _native

HERE = Path(__file__).resolve().parent


def test_the_installed_package_is_tested(root: Path) -> None:
    assert talent.__file__ is not None and root not in Path(talent.__file__).parents or ".venv" in str(talent.__file__)
    assert metadata.version("talent-py") == talent.__version__
    assert all("extra ==" in need for need in metadata.requires("talent-py") or [])
    files = [str(file) for file in metadata.files("talent-py") or []]
    assert "talent/py.typed" in files and "talent/_native.pyi" in files


# Native names that are reached through another name.
REACHED_BY = {
    "read": "Document.from_json and load",
    "message": "Diagnostic.message",
    "check_standard": "check",
    "check_community": "check",
    "check_waivers": "check",
    "examine": "check and check_many",
    "examine_read": "check of a submission",
    "surroundings": "check and check_many",
    "RawSurroundings": "Checked",
    "RawWaivers": "Waivers",
    "is_form": "check, assess and convert of a file",
    "read_earlier": "template with an earlier round",
    "write_table": "convert of a submission",
    "read_workbook": "convert of a workbook",
    "write_workbook": "convert of a submission",
    "run_command": "the command",
    "write_report": "report",
    "index_check": "Index",
    "index_table": "Index",
    "columns_of_frame": "Index",
    "column_of_array": "Index",
    "RawColumn": "Index",
    "frame_flow": "assess_frame, assess_stream and check_frame",
    "frame_of": "Findings",
    "join_frames": "FrameStream.collect",
    "read_frame": "the pickle of a Frame",
    "RawFlow": "FrameStream",
    "RawFrame": "Frame",
    "RawTable": "Index",
    "RawOutcome": "IndexResult",
    "RawStandard": "Standard",
    "RawCommunity": "Community",
    "RawSubmission": "Submission",
    "RawAssessment": "Assessment",
    "RawComparison": "Comparison",
    "compare_difference": "Comparison.difference",
    "RawRobustness": "Robustness",
    "RawDraws": "Robustness",
    "robust_usual": "usual_study",
    "robust_submissions": "robustness",
    "robust_index": "Index.robustness",
}


# Native methods that are reached through another name.
METHODS_REACHED_BY = {
    "RawColumn.is_numbers": "Index of a frame",
    "RawColumn.is_texts": "Index of a frame",
    "RawColumn.to_pylist": "Index of a frame",
    "RawOutcome.frame": "IndexResult.to_arrow",
    "RawFrame.to_columns": "IndexResult.to_columns",
    "RawFrame.head": "Frame._repr_html_",
    "RawFrame.to_ipc": "the pickle of a Frame",
    "RawFrame.equals": "Frame.__eq__",
    "RawTable.digest": "Index.__hash__",
    "RawTable.parts": "the pickle of an Index",
    "RawFlow.step": "FrameStream.__iter__",
    "RawFlow.has_errors": "FrameStream.__iter__",
    "RawFlow.empty": "FrameStream.collect",
}


def test_everything_native_has_a_public_name() -> None:
    native = {name for name in dir(_native) if not name.startswith("__")}
    assert native == {name for name in native if name in REACHED_BY or hasattr(talent, name)}
    assert set(REACHED_BY) <= native, "the list names what is no longer there"
    for name in native:
        native_class = getattr(_native, name)
        if inspect.isclass(native_class):
            own = {n for n in vars(native_class) if not n.startswith("__") and f"{name}.{n}" not in METHODS_REACHED_BY}
            assert own == {n for n in own if hasattr(getattr(talent, REACHED_BY[name]), n)}, name


def test_all_names_are_public_and_documented() -> None:
    assert sorted(talent.__all__) == talent.__all__
    for name in set(talent.__all__) - {"__version__"}:
        thing = getattr(talent, name)
        assert thing.__doc__, name
        if inspect.isclass(thing):
            assert thing.__module__ == "talent"
            for member, value in vars(thing).items():
                if not member.startswith("_") and (callable(value) or isinstance(value, (property, classmethod))):
                    assert value.__doc__, f"{name}.{member}"


def test_native_classes_are_frozen(root: Path) -> None:
    marks = [mark for path in (root / "talent-py/src").rglob("*.rs") for mark in re.findall(r"#\[pyclass[^\]]*\]", path.read_text())]
    assert marks and all("frozen" in mark for mark in marks), marks


def modules() -> list[str]:
    return ["talent", *(f"talent.{m.name}" for m in pkgutil.iter_modules(talent.__path__) if m.name not in ("_native", "__main__"))]


@pytest.mark.parametrize("name", modules())
def test_examples_in_docstrings(name: str) -> None:
    module = importlib.import_module(name)
    finder, runner = doctest.DocTestFinder(exclude_empty=True), doctest.DocTestRunner()
    report = io.StringIO()
    for test in finder.find(module, name, module=None if name == "talent" else module, extraglobs={"talent": talent}):
        runner.run(test, out=report.write)
    assert runner.failures == 0, report.getvalue()


@pytest.mark.parametrize("name", ["assess", "assess_frame", "assess_stream", "check", "check_frame", "codes", "explain", "reference", "schema"])
def test_the_public_face_has_examples(name: str) -> None:
    assert ">>>" in (getattr(talent, name).__doc__ or "")


def documents() -> list[Path]:
    root = HERE.parents[1]
    paths = [root / "README.md", root / "talent-py/README.md", *sorted((root / "docs").rglob("*.md"))]
    return [path for path in paths if "```python\n" in path.read_text(encoding="utf-8")]


@pytest.mark.parametrize("path", documents(), ids=lambda path: path.name)
def test_python_in_the_documents_runs(path: Path) -> None:
    """A later block of a document may use what an earlier one has made."""
    text, names = path.read_text(encoding="utf-8"), {"__name__": "__document__"}
    for block in re.finditer(r"^```python\n(.*?)^```$", text, re.MULTILINE | re.DOTALL):
        line = text.count("\n", 0, block.start()) + 1
        with redirect_stdout(io.StringIO()):
            exec(compile("\n" * line + block.group(1), path, "exec"), names)


def test_the_stubs_agree_with_the_module() -> None:
    command = [sys.executable, "-m", "mypy.stubtest", "talent", "--allowlist", str(HERE / "stubtest-allowlist.txt"), "--mypy-config-file", str(HERE.parent / "pyproject.toml")]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr


def test_the_package_and_its_tests_are_typed(root: Path) -> None:
    command = [sys.executable, "-m", "mypy", "--config-file", str(HERE.parent / "pyproject.toml"), "-p", "talent"]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
    book = sorted(map(str, (root / "docs/.book").glob("*.py")))
    assert book
    run = subprocess.run([*command[:-2], str(HERE), *book], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
