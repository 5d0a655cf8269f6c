"""The vectors under `schemas/vectors`, by this package and by a validator that knows nothing of it. Rust and JavaScript run the same files."""

import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import talent
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

FOLDER = Path(__file__).resolve().parents[2] / "schemas/vectors"
UPDATE = os.environ.get("TALENT_UPDATE") == "1"

# Where Python's validator differs from what JSON Schema says, by name.
PYTHON_SCHEMA_EXCEPTIONS = {
    "invalid-text-in-id-newline.json": "`$` in Python's patterns also matches before a line break at the end",
}


def load(name: str) -> dict[str, Any]:
    vector: dict[str, Any] = json.loads((FOLDER / name).read_text(encoding="utf-8"))
    return vector


def names(prefix: str) -> list[str]:
    found = sorted(path.name for path in FOLDER.glob(f"{prefix}*.json"))
    assert found, f"there are no {prefix} vectors"
    return found


DOCUMENTS = names("valid-") + names("invalid-")


def data(vector: dict[str, Any]) -> bytes:
    if "document" in vector:
        return json.dumps(vector["document"], ensure_ascii=False).encode()
    if "hex" in vector:
        return bytes.fromhex(vector["hex"])
    return str(vector["text"]).encode()


@cache
def standard(path: str) -> talent.Standard:
    return talent.Standard.load(FOLDER / path)


@cache
def validator(kind: str, path: str | None = None, stage: str | None = None) -> Draft202012Validator:
    if path is not None:
        schema = talent.schema("submission", standard(path), stage)
    else:
        schema = json.loads((FOLDER.parent / f"v1/{kind}.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def findings(vector: dict[str, Any]) -> list[talent.Diagnostic]:
    against = vector.get("standard")
    kind = getattr(talent, vector["kind"].capitalize())
    try:
        document = kind.from_json(data(vector))
    except talent.ReadError as error:
        return list(error.diagnostics)
    if isinstance(document, talent.Submission) and against is None:
        return []
    return talent.check(data(vector).decode("utf-8-sig"), standard(against) if against else None)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_findings(name: str) -> None:
    vector = load(name)
    assert vector["proves"]
    found = findings(vector)
    # Scoring has findings of its own about what conforms, and questions are no verdicts; the vectors are about documents.
    found = [d for d in found if not d.code.startswith("TM05") and not "TM0341" <= d.code < "TM0400"]
    assert {d.code for d in found} == set(vector["codes"])
    errors = [d.pointer for d in found if d.severity == "error"]
    assert bool(errors) == name.startswith("invalid-")
    if "places" in vector:
        assert errors == vector["places"]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_schemas(name: str) -> None:
    vector = load(name)
    try:
        document = json.loads(data(vector).decode("utf-8-sig"))
    except ValueError:
        return
    invalid = name.startswith("invalid-")
    expected = invalid and vector.get("schema", False)
    if name in PYTHON_SCHEMA_EXCEPTIONS:
        assert expected, "the exception is no longer needed"
        expected = False
    seen = [error.message for error in validator(vector["kind"]).iter_errors(document)]
    assert bool(seen) == expected, seen
    if "standard" in vector:
        seen = [error.message for error in validator(vector["kind"], vector["standard"], vector.get("stage")).iter_errors(document)]
        assert bool(seen) == (invalid and vector.get("compiled", False)), seen


def test_the_schemas_are_schemas(root: Path) -> None:
    paths = sorted((root / "schemas/v1").glob("*.schema.json")) + sorted((root / "schemas/vectors/compiled").glob("*.json"))
    assert len(paths) >= 4
    command = [sys.executable, "-m", "check_jsonschema", "--check-metaschema", *map(str, paths)]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
    for path in paths:
        schema = json.loads(path.read_text(encoding="utf-8"))
        for example in schema.get("examples", []):
            assert Draft202012Validator(schema).is_valid(example)


@pytest.mark.parametrize("name", names("assess-"))
def test_assessments(name: str) -> None:
    vector = load(name)
    assert vector["proves"]
    # A document stands in the vector or in a file beside it.
    against, answers = vector["standard"], vector["submission"]
    standard = talent.Standard.load(FOLDER / against) if isinstance(against, str) else talent.Standard.from_json(json.dumps(against))
    submission = talent.Submission.load(FOLDER / answers) if isinstance(answers, str) else talent.Submission.from_json(json.dumps(answers))
    assessment = talent.assess(submission, standard, weight_set=vector.get("weight_set"))
    result = assessment.to_dict()
    # A new version of the engine is no new result.
    del result["provenance"]["engine"]
    if UPDATE:
        vector["expected"] = result
        (FOLDER / name).write_text(json.dumps(vector, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    assert result == vector["expected"], f"run: TALENT_UPDATE=1 pytest {Path(__file__).name}"
    assert validator("assessment").is_valid(assessment.to_dict())
