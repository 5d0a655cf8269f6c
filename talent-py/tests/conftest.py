"""What all tests share. They run against the installed wheel, from the top of the repository, as a user would."""

import json
import os
from pathlib import Path
from typing import Any

import polars as pl
import pytest
import talent

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session", autouse=True)
def _at_the_top() -> None:
    # Once for all: where a process stands is no matter of single tests, of which several may run at once.
    os.chdir(ROOT)


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def standard() -> talent.Standard:
    return talent.Standard.load(ROOT / "docs/examples/minimal/standard.json")


@pytest.fixture(scope="session")
def submission() -> talent.Submission:
    return talent.Submission.load(ROOT / "docs/examples/minimal/submission.json")


@pytest.fixture
def answers(submission: talent.Submission) -> dict[str, Any]:
    """The minimal submission as plain values, to be changed."""
    data: dict[str, Any] = json.loads(submission.to_json())
    return data


@pytest.fixture
def small() -> pl.DataFrame:
    """Three communities against the minimal standard: everything known, and ever less."""
    return pl.DataFrame({
        "community": ["a", "b", "c"],
        "park-area": [1200.0, 300.0, None],
        "facts.population": [100.0, 100.0, 100.0],
        "residents-council": [2, 1, 0],
        "open-days": [True, False, None],
    })
