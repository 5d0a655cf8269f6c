// TypeScript types generated from the schemas, compiled by `tsc` in strict mode, and used to read the examples.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { compile } from "json-schema-to-typescript";

const here = new URL("./", import.meta.url);
const schemas = new URL("../", here);
const examples = new URL("../docs/examples/", schemas);
const generated = new URL("generated/", here);
const json = (url) => JSON.parse(readFileSync(url, "utf8"));

const index = json(new URL("index.json", schemas));
assert.ok(index.schemas.length >= 4, "there are too few schemas");
mkdirSync(generated, { recursive: true });

test("the generated types have names, and nothing in them is just anything", async (t) => {
  for (const { kind, title, file } of index.schemas) {
    await t.test(kind, async () => {
      const types = await compile(json(new URL(file, schemas)), title, { additionalProperties: false, bannerComment: "", format: false });
      writeFileSync(new URL(`${kind}.d.ts`, generated), types);
      const code = types.replace(/\/\*[\s\S]*?\*\//g, "").replace(/"[^"]*"/g, '""');
      const names = [...code.matchAll(/export (?:interface|type) (\w+)/g)].map(([, name]) => name);
      assert.ok(names.includes(title), `there is no ${title}`);
      const numbered = names.filter((name) => /\d$/.test(name));
      assert.deepEqual(numbered, [], "numbered names");
      assert.doesNotMatch(code, /\bany\b/);
      // Only what is an author's own, and outlines kept as they are.
      const loose = [...code.matchAll(/^\s*(\S+?)\??:? ?.*\bunknown\b/gm)].map(([line]) => line.trim()).filter((line) => !/^(\[k: string\]|geometry\?): unknown/.test(line));
      assert.deepEqual(loose, []);
    });
  }
});

test("what is written against them compiles in strict mode and reads the examples", async () => {
  execFileSync(process.execPath, [fileURLToPath(new URL("node_modules/typescript/bin/tsc", here)), "-p", fileURLToPath(new URL("tsconfig.json", here))], { stdio: "inherit" });
  const read = await import(new URL("generated/out/read.js", here).href);
  const names = readdirSync(examples).filter((name) => name.endsWith(".submission.json"));
  assert.ok(names.length > 0, "there are no examples");
  for (const name of names) {
    const submission = json(new URL(name, examples));
    assert.equal([...read.states(submission).values()].reduce((a, b) => a + b), submission.observations.length);
    assert.ok(read.coreArea(submission.community) > 0, name);
  }
  const thresholds = read.thresholds(json(new URL("minimal/standard.json", examples)));
  assert.equal(thresholds.size, 3);
  assert.ok([...thresholds.values()].every((count) => count > 0));
  const { expected } = json(new URL("vectors/assess-minimal.json", schemas));
  const [low, score, high] = read.total(expected);
  assert.ok(low <= score && score <= high);
});
