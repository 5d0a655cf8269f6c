"""Reads and checks one submission with Talent and with general validators, side by side, and prints the table of docs/performance.md.

    python talent-py/benches/peers.py

Needs the wheel built with `--release`, `jsonschema` and `jsonschema-rs` (see requirements-dev.txt), and for Ajv `npm ci` in schemas/kit. The
general validators check the schema alone; Talent also checks units, limits, references and states against the standard.
"""

from __future__ import annotations

import json
import pathlib
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Callable

import talent

ROOT = pathlib.Path(__file__).resolve().parents[2]
AJV = """
import { readFileSync } from 'node:fs';
import Ajv2020 from 'ajv/dist/2020.js';
const [schema, document] = process.argv.slice(1).map((path) => readFileSync(path, 'utf8'));
const validate = new Ajv2020({ strict: true }).compile(JSON.parse(schema));
let best = Infinity;
for (let round = 0; round < 9; round++) {
  const start = process.hrtime.bigint();
  for (let i = 0; i < 200; i++) if (!validate(JSON.parse(document))) throw new Error('not valid');
  best = Math.min(best, Number(process.hrtime.bigint() - start) / 200);
}
console.log(best / 1e9);
"""
AJV_ONCE = """
import { readFileSync } from 'node:fs';
import Ajv2020 from 'ajv/dist/2020.js';
const [schema, document] = process.argv.slice(1).map((path) => JSON.parse(readFileSync(path, 'utf8')));
if (!new Ajv2020({ strict: true }).compile(schema)(document)) process.exit(1);
"""


def document() -> bytes:
    """The example with one answer for the whole community to every indicator."""
    example = json.loads((ROOT / "docs/examples/new-shougang.submission.json").read_text("utf-8"))
    seen: set[str] = set()
    kept = []
    for observation in example["observations"]:
        if observation["indicator"] not in seen:
            seen.add(observation["indicator"])
            observation.pop("zone", None)
            observation["method"] = "Counted from the register and checked by the district office."
            kept.append(observation)
    # The base alone: the module's answers come last.
    example["observations"] = kept[:115]
    return json.dumps(example, ensure_ascii=False, separators=(",", ":")).encode()


def best(call: Callable[[], object], repeat: int) -> float:
    """Seconds a call, the best of nine rounds."""
    rounds = []
    for _ in range(9):
        start = time.perf_counter()
        for _ in range(repeat):
            call()
        rounds.append((time.perf_counter() - start) / repeat)
    return min(rounds)


def main() -> None:
    data = document()
    schema = talent.schema("submission")
    standard = talent.reference()
    found = talent.check(data, standard)
    assert not [f for f in found if f.severity == "error"], found
    rows = [("Talent, all rules", best(lambda: talent.check(data, standard), 50))]
    rows.append(("Talent, reading alone", best(lambda: talent.Submission.from_json(data), 50)))
    rows.append(("Python json, parsing alone", best(lambda: json.loads(data), 50)))
    try:
        import jsonschema_rs

        rust = jsonschema_rs.validator_for(schema)
        rows.append(("jsonschema-rs", best(lambda: rust.is_valid(json.loads(data)), 50)))
    except ImportError:
        print("jsonschema-rs is not installed", file=sys.stderr)
    import jsonschema

    python = jsonschema.Draft202012Validator(schema)
    rows.append(("Python jsonschema", best(lambda: python.is_valid(json.loads(data)), 1)))
    kit = ROOT / "schemas/kit"
    if shutil.which("node") and (kit / "node_modules/ajv").is_dir():
        path = kit / "node_modules/document.json"
        path.write_bytes(data)
        command = ["node", "--input-type=module", "--eval", AJV, str(ROOT / "schemas/v1/submission.schema.json"), str(path)]
        rows.append(("Ajv on Node", float(subprocess.run(command, cwd=kit, check=True, capture_output=True, text=True).stdout)))
    print(f"One submission of {len(json.loads(data)['observations'])} observations, {len(data)} bytes, from bytes to verdict:\n")
    table(rows)
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder) / "submission.json"
        file.write_bytes(data)
        print("\nThe same as whole processes:\n")
        table(processes(file))


def processes(file: pathlib.Path) -> list[tuple[str, float]]:
    """Whole processes that check one file, as a shell or a build server would start them."""
    schema = str(ROOT / "schemas/v1/submission.schema.json")
    scripts = pathlib.Path(sysconfig.get_path("scripts"))
    commands = [("talent check", [str(scripts / "talent"), "check", str(file)])]
    command = ROOT / "target/release/talent"
    if command.exists():
        commands.insert(0, ("talent check, without Python", [str(command), "check", str(file)]))
    commands.append(("check-jsonschema", [str(scripts / "check-jsonschema"), "--schemafile", schema, str(file)]))
    kit = ROOT / "schemas/kit"
    if shutil.which("node") and (kit / "node_modules/ajv").is_dir():
        commands.append(("Ajv on Node", ["node", "--input-type=module", "--eval", AJV_ONCE, schema, str(file)]))
    return [(name, best(lambda: subprocess.run(line, cwd=kit, check=True, capture_output=True), 1)) for name, line in commands]


def table(rows: list[tuple[str, float]]) -> None:
    """Prints milliseconds, and ratios to the first row."""
    print("| | ms | × the first |\n|---|---|---|")
    for name, seconds in rows:
        print(f"| {name} | {seconds * 1e3:.3f} | {seconds / rows[0][1]:.2f} |")


if __name__ == "__main__":
    main()
