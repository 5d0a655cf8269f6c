"""The commonest mistakes of `schemas/kit/mistakes.json`, and what check-jsonschema says of each. Node's tests hold what Ajv says."""

import copy
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

SCHEMAS = Path(__file__).resolve().parents[2] / "schemas"
FILE = SCHEMAS / "kit/mistakes.json"
UPDATE = os.environ.get("TALENT_UPDATE") == "1"

USED = {
    ("submission", "published"): "v1/submission.schema.json",
    ("submission", "compiled"): "vectors/compiled/every-kind.schema.json",
    ("standard", "published"): "v1/standard.schema.json",
}


def load(path: str) -> Any:
    return json.loads((SCHEMAS / path).read_text(encoding="utf-8"))


def mistaken(sound: Any, edits: list[dict[str, Any]]) -> Any:
    """The document with the mistake in it. An edit without a value takes away."""
    root = copy.deepcopy(sound)
    for edit in edits:
        *steps, last = edit["at"].split("/")[1:]
        parent = root
        for step in steps:
            parent = parent[int(step) if isinstance(parent, list) else step]
        if "value" in edit:
            parent[last] = edit["value"]
        else:
            del parent[last]
    return root


def said(schema: str, files: list[Path]) -> dict[str, str]:
    """The message that check-jsonschema puts first for each file: of several, the one that it holds to be the deepest."""
    command = [sys.executable, "-m", "check_jsonschema", "--output-format", "json", "--schemafile", str(SCHEMAS / schema), *map(str, files)]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    first: dict[str, str] = {}
    for error in json.loads(run.stdout).get("errors", []):
        best = error.get("best_deep_match") or error
        first.setdefault(Path(error["filename"]).stem, f"{best['path']}: {best['message']}")
    return first


def test_check_jsonschema_names_the_member(tmp_path: Path) -> None:
    mistakes = json.loads(FILE.read_text(encoding="utf-8"))
    assert len(mistakes) >= 10
    sound = {"submission": load("vectors/valid-answers-of-every-kind.json")["document"], "standard": load("vectors/standards/every-kind.json")}
    for (document, which), schema in USED.items():
        files = [tmp_path / "sound.json"]
        files[0].write_text(json.dumps(sound[document]))
        of_this = {str(number): mistake for number, mistake in enumerate(mistakes) if mistake["document"] == document}
        for number, mistake in of_this.items():
            files.append(tmp_path / f"{number}.json")
            files[-1].write_text(json.dumps(mistaken(sound[document], mistake["edits"])))
        found = said(schema, files)
        assert "sound" not in found, found
        for number, mistake in of_this.items():
            line = found.get(number)
            if UPDATE:
                mistake["said"][which]["check-jsonschema"] = line
            assert line == mistake["said"][which]["check-jsonschema"], "run: TALENT_UPDATE=1 pytest -k mistakes"
            # Both validators refuse the same, and both name the member.
            assert (line is None) == (mistake["said"][which]["ajv"] is None)
            assert line is None or any(name in line.partition(": ")[0].split(".")[-1] or f"'{name}'" in line for name in mistake["names"]), line
    if UPDATE:
        FILE.write_text(json.dumps(mistakes, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
