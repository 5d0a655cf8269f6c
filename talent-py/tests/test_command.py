"""The command of the wheel is the command, and says what the package says."""

import json
import os
import subprocess
import sys
import sysconfig
from pathlib import Path

import talent

EXAMPLE = "docs/examples/new-shougang.submission.json"
COMMAND = Path(sysconfig.get_path("scripts")) / ("talent.exe" if os.name == "nt" else "talent")


def run(*args: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([COMMAND, *args], input=stdin, capture_output=True, check=False)


def test_the_assessment_has_the_same_bytes() -> None:
    done = run("assess", "--format", "json", EXAMPLE)
    assert done.returncode == 0, done.stderr.decode()
    assert done.stdout.decode() == talent.assess(talent.Submission.load(EXAMPLE)).to_json()


def test_the_schema_is_the_same() -> None:
    done = run("schema", "submission", "--stage", "new")
    assert json.loads(done.stdout) == talent.schema("submission", stage="new"), done.stderr.decode()


def test_the_page_of_a_code_is_the_same() -> None:
    for lang in ("en", "zh"):
        done = run("--lang", lang, "explain", "TM0305")
        assert done.stdout.decode().rstrip() == talent.explain("TM0305", lang).rstrip(), done.stderr.decode()


def test_exit_statuses() -> None:
    assert run("--version").stdout.decode().strip() == f"talent {talent.__version__}"
    assert run("check", EXAMPLE).returncode == 0
    assert run("check", "-", stdin=b"[]").returncode == 1
    missing = run("assess", "no-such-file.json")
    assert missing.returncode == 2 and not missing.stdout and b"TM0901" in missing.stderr
    assert run("no-such-command").returncode == 2


def test_runs_as_a_module() -> None:
    done = subprocess.run([sys.executable, "-m", "talent", "explain", "TM0001"], capture_output=True, check=False)
    assert done.returncode == 0 and done.stdout.startswith(b"TM0001 ")


def test_an_index_from_files_is_that_of_frames() -> None:
    import pandas

    folder = Path("docs/examples/human-development")
    done = run("index", "build", str(folder / "indicators.csv"), str(folder / "values.csv"), "--method", str(folder / "method.json"), "--format", "json")
    assert done.returncode == 0, done.stderr.decode()
    indicators = pandas.read_csv(folder / "indicators.csv", true_values=["yes"])
    index = talent.Index(indicators, pandas.read_csv(folder / "values.csv"))
    for step in json.loads((folder / "method.json").read_text())["steps"]:
        index = index._with(step)
    assert json.loads(done.stdout) == index.result.to_dict()
