"""The book in docs/ and the other pages of the repository: every block of code in them is run, or says why it is not.

| block | what happens |
|---|---|
| `sh` | run by bash; a status other than 0 is a failure |
| `console` | each line after `$` is run and must print what stands below it; a line `…` stands for any number of lines |
| `python` | run, the blocks of a page in order, in one module (tests/test_package.py) |
| `rust` | run by the doctests of talent-score, which include the page |
| `json` | parsed; a whole document must conform |
| `text` | shown only; commands in it must have the options that they name |

A page has an empty folder of its own to run in, from which docs/ and the rest of the repository can be seen. `cargo run --release --` is read as the installed command.
A comment before a block says what cannot be run, and why (`<!-- not run: … -->`), or how its last command ends (`<!-- status 1 -->`).
With TALENT_UPDATE=1 what the commands of `console` blocks print is written into the pages.
"""

import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
import talent

ROOT = Path(__file__).resolve().parents[2]
BOOK = ROOT / "target/book"
FENCE = re.compile(r"(?:^<!-- (?P<mark>[^\n]*?) -->\n)?^(?P<fence>```+)(?P<lang>[^\n`]*)\n(?P<text>.*?)^(?P=fence)$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Block:
    lang: str
    text: str
    line: int
    span: tuple[int, int]
    mark: str | None

    @property
    def runs(self) -> bool:
        return not (self.mark or "").startswith("not run: ")

    @property
    def status(self) -> int:
        found = re.fullmatch(r"status (\d+)", self.mark or "")
        return int(found[1]) if found else 0


def blocks(path: Path, *langs: str) -> list[Block]:
    text = path.read_text(encoding="utf-8")
    found = [Block(m["lang"], m["text"], text.count("\n", 0, m.start()) + 1, m.span("text"), m["mark"]) for m in FENCE.finditer(text)]
    return [block for block in found if not langs or block.lang in langs]


def pages() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "--cached", "--others", "--exclude-standard", "*.md"], cwd=ROOT, capture_output=True, text=True, check=True)
    return [ROOT / name for name in sorted(listed.stdout.split()) if (ROOT / name).is_file()]


def with_blocks(*langs: str) -> list[Path]:
    return [path for path in pages() if any(block.runs for block in blocks(path, *langs))]


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def environment() -> dict[str, str]:
    env = {key: value for key, value in os.environ.items() if key not in ("LANG", "LC_MESSAGES", "COLUMNS", "TALENT_UPDATE")}
    return env | {"PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}", "LC_ALL": "C.UTF-8", "NO_COLOR": "1", "PYTHONWARNINGS": "ignore"}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for part in ("docs", "schemas", "talent-model", "talent-score", "talent-py"):
        (tmp_path / part).symlink_to(ROOT / part)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(script: str) -> subprocess.CompletedProcess[str]:
    script = script.replace("cargo run --release --", "talent")
    return subprocess.run(["bash", "-eu", "-c", script], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False, env=environment(), stdin=subprocess.DEVNULL)


def test_the_languages_and_marks_of_blocks_are_known() -> None:
    for path in pages():
        for block in blocks(path):
            where = f"{name(path)}:{block.line}"
            assert block.lang in ("sh", "console", "python", "rust", "json", "toml", "text"), where
            if block.mark and block.mark.startswith("not run:"):
                assert len(block.mark) > 20, f"{where} says why it is not run"


@pytest.mark.parametrize("path", with_blocks("sh"), ids=name)
def test_commands_run(path: Path, folder: Path) -> None:
    for block in blocks(path, "sh"):
        if block.runs:
            done = run(block.text)
            assert done.returncode == block.status, f"{name(path)}:{block.line}\n{done.stdout}"


def steps(text: str) -> Iterator[tuple[str, str]]:
    """Each command of a console block and what stands below it. A command goes on after a backslash at the end of its line."""
    for part in re.split(r"^(?=\$ )", text, flags=re.MULTILINE):
        if part:
            line = re.match(r"\$ ((?:.*\\\n)*.*\n)", part)
            assert line, part
            yield line[1], part[line.end() :]


def prints(printed: str, shown: str) -> bool:
    pattern = "".join("(?:.*\n)*?" if line == "…" else re.escape(line) + "\n" for line in shown.splitlines())
    return re.fullmatch(pattern, "".join(line.rstrip() + "\n" for line in printed.splitlines())) is not None


@pytest.mark.parametrize("path", with_blocks("console"), ids=name)
def test_commands_print_what_the_page_shows(path: Path, folder: Path) -> None:
    text, updated = path.read_text(encoding="utf-8"), ""
    last = 0
    for block in blocks(path, "console"):
        if not block.runs:
            continue
        made, done = "", None
        for command, shown in steps(block.text):
            done = run(command)
            if os.environ.get("TALENT_UPDATE") and "…\n" not in shown:
                shown = "".join(line.rstrip() + "\n" for line in done.stdout.splitlines())
            assert prints(done.stdout, shown), f"{name(path)}:{block.line} shows\n{shown}\nand `{command.strip()}` prints\n{done.stdout}"
            made += f"$ {command}{shown}"
        assert done is not None and done.returncode == block.status, f"{name(path)}:{block.line} ends with {done and done.returncode}"
        updated += text[last : block.span[0]] + made
        last = block.span[1]
    if os.environ.get("TALENT_UPDATE"):
        path.write_text(updated + text[last:], encoding="utf-8")


@pytest.mark.parametrize("path", with_blocks("json"), ids=name)
def test_documents_conform(path: Path) -> None:
    for block in blocks(path, "json"):
        if block.runs and "kind" in json.loads(block.text):
            found = [str(finding) for finding in talent.check(block.text) if finding.severity == "error"]
            assert not found, f"{name(path)}:{block.line}"


def test_rust_is_run_by_the_doctests() -> None:
    source = (ROOT / "talent-score/src/lib.rs").read_text(encoding="utf-8")
    for path in with_blocks("rust"):
        assert f'include_str!("../../{name(path)}")' in source, name(path)


@cache
def help_of(command: str) -> str:
    return run(f"talent {command} --help").stdout + run("talent --help").stdout


def test_commands_that_are_only_shown_have_their_options() -> None:
    seen = 0
    for path in pages():
        if name(path) == "docs/reference/codes.md":
            continue
        for block in blocks(path, "text"):
            for line in re.findall(r"^talent .*$", block.text, re.MULTILINE):
                words = shlex.split(re.split(r" {2,}", line)[0])
                said = help_of(" ".join(word for word in words[1:2] + (words[2:3] if words[1] == "standard" else [])))
                assert "Usage:" in said, f"{name(path)}:{block.line}: {line}"
                for option in words:
                    assert not option.startswith("--") or option in said, f"{name(path)}:{block.line}: {line}"
                seen += 1
    assert seen > 10


# The notebooks


def notebooks() -> list[Path]:
    return sorted((ROOT / "docs").rglob("*.ipynb"))


def test_notebooks_hold_no_outputs() -> None:
    """They are run whenever the book is built; what is kept would hold the machine and the day of whoever ran them."""
    assert notebooks()
    for path in notebooks():
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        assert cells and all(not cell.get("outputs") and cell.get("execution_count") is None for cell in cells if cell["cell_type"] == "code"), name(path)


# The book as built by `make book`, before these tests


def built() -> list[Path]:
    found = sorted(BOOK.rglob("*.html"))
    assert len(found) > 30, "make book builds it"
    return found


def test_the_book_loads_nothing_from_a_network() -> None:
    loads = re.compile(r"<(?:script|img|iframe|source)\b[^>]*\bsrc=\"?(?:https?:)?//|<link\b(?![^>]*rel=\"?canonical)[^>]*\bhref=\"?(?:https?:)?//|@import\s+url\(\"?(?:https?:)?//")
    for path in built():
        assert not loads.search(path.read_text(encoding="utf-8")), path
    for path in BOOK.rglob("*.css"):
        assert not re.search(r"url\([\"']?https?://", path.read_text(encoding="utf-8")), path


def test_the_reference_is_whole() -> None:
    command = (BOOK / "reference/command.html").read_text(encoding="utf-8")
    for line in re.findall(r"^  ([a-z]+) ", help_of("").split("Options:")[0], re.MULTILINE):
        assert f'id="talent-{line}"' in command, line
    python = (BOOK / "reference/python.html").read_text(encoding="utf-8")
    for public in set(talent.__all__) - {"__version__"}:
        assert f'id="talent{public.lower()}"' in python, public
    for schema in (ROOT / "schemas/v1").glob("*.schema.json"):
        kind = schema.name.removesuffix(".schema.json")
        page = (BOOK / f"reference/documents/{kind}.html").read_text(encoding="utf-8")
        for definition in json.loads(schema.read_text(encoding="utf-8")).get("$defs", {}):
            assert f'id="{definition.lower()}"' in page, f"{kind}: {definition}"
