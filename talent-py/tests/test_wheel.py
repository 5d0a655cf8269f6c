"""The wheel in an environment of its own, without any other package: what the README shows works there. `make smoke`."""

import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
import talent

BLOCK = re.compile(r"(?:^<!-- (?P<mark>[^\n]*?) -->\n)?^```(?P<lang>python|sh)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def wheel(root: Path) -> Path:
    wheels = sorted((root / "target/wheels").glob("talent_py-*.whl"))
    assert len(wheels) == 1, "make wheel builds it"
    return wheels[0]


@pytest.fixture(scope="module")
def clean(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the commands of an environment in which the wheel is installed and nothing else, not even pip."""
    folder = tmp_path_factory.mktemp("clean")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True)
    pip = [sys.executable, "-m", "pip", "--python", str(folder / "bin/python"), "install", "--quiet", "--disable-pip-version-check", "--no-index", str(wheel)]
    subprocess.run(pip, check=True)
    return folder / "bin"


def blocks(path: Path, lang: str) -> list[tuple[str, str]]:
    """The blocks of a page that are run, each with what stands above it."""
    found = [(block["text"], block["mark"] or "") for block in BLOCK.finditer(path.read_text(encoding="utf-8")) if block["lang"] == lang]
    return [(text, mark) for text, mark in found if not mark.startswith("not run: ")]


@pytest.mark.parametrize("page", ["README.md", "talent-py/README.md"])
def test_python_of_the_readme(page: str, root: Path, clean: Path) -> None:
    code = "\n".join(text for text, _ in blocks(root / page, "python"))
    assert code
    run = subprocess.run([clean / "python", "-I", "-c", code], capture_output=True, text=True, check=False, cwd=root)
    assert run.returncode == 0 and run.stdout, run.stderr


def test_commands_of_the_readme(root: Path, clean: Path, tmp_path: Path) -> None:
    (tmp_path / "docs").symlink_to(root / "docs")
    environment = {"PATH": f"{clean}:{os.defpath}", "LC_ALL": "C.UTF-8"}
    commands = blocks(root / "README.md", "sh")
    assert len(commands) > 5
    for text, mark in commands:
        script = text.replace("cargo run --release --", "talent")
        run = subprocess.run(["bash", "-eu", "-c", script], capture_output=True, text=True, check=False, cwd=tmp_path, env=environment)
        expected = int(mark.removeprefix("status ")) if mark.startswith("status ") else 0
        assert run.returncode == expected, f"{text}\n{run.stdout}\n{run.stderr}"


def test_the_command_is_that_of_the_package(clean: Path) -> None:
    for command in ([clean / "talent"], [clean / "python", "-I", "-m", "talent"]):
        run = subprocess.run([*command, "--version"], capture_output=True, text=True, check=True)
        assert talent.__version__ in run.stdout


def test_what_needs_other_packages_says_so(clean: Path) -> None:
    run = subprocess.run([clean / "python", "-I", "-c", "import talent.plot"], capture_output=True, text=True, check=False)
    assert run.returncode == 1 and "pip install matplotlib" in run.stderr


def test_what_is_in_it(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert {Path(name).name for name in names if ".dist-info/licenses/" in name} == {"LICENSE-APACHE", "LICENSE-MIT"}
    assert {"talent/py.typed", "talent/_native.pyi", "talent/__init__.py"} <= set(names)
    assert "-abi3-" in wheel.name and all(name.startswith(("talent/", "talent_py-")) for name in names)
