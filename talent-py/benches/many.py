"""Checks a file with a submission on every line, as whole processes on all cores: `talent check`, Ajv on worker threads, and Python jsonschema in processes.

    python talent-py/benches/many.py [documents]

Needs `cargo build --release -p talent-cli`, `jsonschema` (see requirements-dev.txt), and for Ajv `npm ci` in schemas/kit. The general validators check the
schema alone; `talent check` also checks the standard's rules, scores each submission, questions it and writes a line about it. Prints the table of
docs/performance.md, and the most memory that `talent check` held.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import pathlib
import resource
import subprocess
import sys
import tempfile
import time

from peers import ROOT, document

CORES = os.cpu_count() or 1
AJV = """
import { createReadStream, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { Worker, isMainThread, workerData } from 'node:worker_threads';
import { fileURLToPath } from 'node:url';
import Ajv2020 from 'ajv/dist/2020.js';
const [schema, file, cores] = process.argv.slice(-3);
if (isMainThread) {
  for (let at = 0; at < Number(cores); at++) new Worker(fileURLToPath(import.meta.url), { workerData: at, argv: process.argv.slice(2) });
} else {
  // Each worker reads all lines and takes its share: cheaper than handing texts from thread to thread.
  const validate = new Ajv2020({ strict: true }).compile(JSON.parse(readFileSync(schema, 'utf8')));
  let number = 0;
  for await (const line of createInterface({ input: createReadStream(file, { highWaterMark: 1 << 20 }), crlfDelay: Infinity })) {
    if (number++ % Number(cores) === workerData && !validate(JSON.parse(line))) throw new Error('not valid');
  }
}
"""


def best(command: list[str], cwd: pathlib.Path, rounds: int = 3) -> float:
    """Seconds of the quickest run."""
    seconds = []
    for _ in range(rounds):
        start = time.perf_counter()
        subprocess.run(command, cwd=cwd, check=True, stdout=subprocess.DEVNULL)
        seconds.append(time.perf_counter() - start)
    return min(seconds)


def _valid(lines: list[bytes]) -> bool:
    import jsonschema

    schema = json.loads((ROOT / "schemas/v1/submission.schema.json").read_text("utf-8"))
    validator = jsonschema.Draft202012Validator(schema)
    return all(validator.is_valid(json.loads(line)) for line in lines)


def python(lines: list[bytes]) -> float:
    """Seconds of Python jsonschema, in as many processes as there are cores."""
    start = time.perf_counter()
    with multiprocessing.Pool(CORES) as pool:
        assert all(pool.map(_valid, [lines[at::CORES] for at in range(CORES)]))
    return time.perf_counter() - start


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    text = document().decode()
    talent = str(ROOT / "target/release/talent")
    rows: list[tuple[str, float]] = []
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder) / "many.ndjson"
        with file.open("w", encoding="utf-8") as out:
            for number in range(count):
                out.write(text.replace('"new-shougang-2025"', f'"new-shougang-{number}"', 1) + "\n")
        for form in ("jsonl", "text"):
            command = [talent, "check", str(file), "--format", form, "--on", "2026-03-31", "-o", os.devnull]
            rows.append((f"`talent check --format {form}`", best(command, pathlib.Path(folder)) / count))
        memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        kit = ROOT / "schemas/kit"
        if (kit / "node_modules/ajv").is_dir():
            script = kit / "node_modules/many.mjs"
            script.write_text(AJV)
            command = ["node", str(script), str(ROOT / "schemas/v1/submission.schema.json"), str(file), str(CORES)]
            rows.append((f"Ajv on Node, {CORES} worker threads", best(command, kit) / count))
            script.unlink()
        few = file.read_bytes().splitlines()[: 60 * CORES]
        rows.append((f"Python jsonschema, {CORES} processes", python(few) / len(few)))
    print(f"{count} submissions of {len(text)} characters on {CORES} cores:\n")
    print("| | documents a second | the first is × as fast |\n|---|---|---|")
    for name, seconds in rows:
        print(f"| {name} | {1 / seconds:,.0f} | {seconds / rows[0][1]:.2f} |")
    print(f"\n`talent check` held at most {memory:.0f} MiB.")


if __name__ == "__main__":
    main()
