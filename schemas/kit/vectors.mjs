// The vectors under `schemas/vectors` and all schemas, with Ajv in its strictest mode: what any validator that knows nothing of Talent can find.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";
import Ajv from "ajv/dist/2020.js";

const schemas = new URL("../", import.meta.url);
const vectors = new URL("vectors/", schemas);

const read = (url) => JSON.parse(readFileSync(url, "utf8"));
const list = (url, fits) => readdirSync(url).filter(fits).sort();

// Where JavaScript differs from what JSON and JSON Schema say, by name.
const EXCEPTIONS = new Map([["invalid-text-number-too-large.json", "JSON.parse reads 1e999 as Infinity, and Ajv refuses that as no number"]]);

// Why no schema refuses a vector that is invalid. README.md says what each means.
const BEYOND = ["no JSON", "before parsing ends", "calendar", "choice of members", "two places", "two documents", "sound standard"];

const validators = new Map();
/** A validator for a schema in a file. Each has its own Ajv, so that nothing can be found but in the file itself. */
function validator(path) {
  if (!validators.has(path)) {
    const ajv = new Ajv({ strict: true, allErrors: true, validateFormats: false });
    validators.set(path, ajv.compile(read(new URL(path, schemas))));
  }
  return validators.get(path);
}

function text(vector) {
  if ("document" in vector) return JSON.stringify(vector.document);
  if ("hex" in vector) return new TextDecoder("utf-8", { fatal: true }).decode(Buffer.from(vector.hex, "hex"));
  return vector.text;
}

function compiled(vector) {
  const name = vector.standard.replace(/^standards\//, "").replace(/\.json$/, "");
  return `vectors/compiled/${name}${vector.stage ? `.${vector.stage}` : ""}.schema.json`;
}

const files = [
  ...list(new URL("v1/", schemas), (name) => name.endsWith(".schema.json")).map((name) => `v1/${name}`),
  ...list(new URL("vectors/compiled/", schemas), (name) => name.endsWith(".schema.json")).map((name) => `vectors/compiled/${name}`),
];
assert.ok(files.length >= 7, "there are too few schemas");
for (const path of files) {
  test(`${path} compiles in strict mode, and its examples are examples`, () => {
    const validate = validator(path);
    for (const example of read(new URL(path, schemas)).examples ?? []) {
      assert.ok(validate(example), JSON.stringify(validate.errors));
    }
  });
}

test("the index names every schema", () => {
  const index = read(new URL("index.json", schemas));
  assert.deepEqual(index.schemas.map((entry) => entry.file).sort(), files.filter((path) => path.startsWith("v1/")).sort());
  for (const entry of index.schemas) assert.equal(read(new URL(entry.file, schemas)).$id, entry.id);
});

const names = list(vectors, (name) => /^(in)?valid-.*\.json$/.test(name));
assert.ok(names.some((name) => name.startsWith("valid-")) && names.some((name) => name.startsWith("invalid-")), "there are no vectors");
for (const name of names) {
  const vector = read(new URL(name, vectors));
  test(`${name}: ${vector.proves}`, () => {
    const invalid = name.startsWith("invalid-");
    let document;
    try {
      document = JSON.parse(text(vector).replace(/^\ufeff/, ""));
    } catch (error) {
      assert.ok(invalid && !vector.schema, `no JSON: ${error.message}`);
      return;
    }
    const check = (path, expected) => {
      const validate = validator(path);
      const valid = validate(document);
      assert.equal(!valid, EXCEPTIONS.has(name) ? !expected : expected, `${path}: ${JSON.stringify(validate.errors)}`);
    };
    check(`v1/${vector.kind}.schema.json`, invalid && Boolean(vector.schema));
    if (vector.standard) check(compiled(vector), invalid && Boolean(vector.compiled));
  });
}

test("a vector says so where its rule is beyond JSON Schema, and only there", () => {
  const counted = new Map(BEYOND.map((reason) => [reason, 0]));
  for (const name of names) {
    const vector = read(new URL(name, vectors));
    const refused = !name.startsWith("invalid-") || vector.schema || vector.compiled;
    assert.equal("beyond" in vector, !refused, name);
    if (refused) continue;
    assert.ok(counted.has(vector.beyond), `${name}: ${vector.beyond} is no known reason`);
    counted.set(vector.beyond, counted.get(vector.beyond) + 1);
    let parses = true;
    try {
      JSON.parse(text(vector));
    } catch {
      parses = false;
    }
    assert.equal(vector.beyond === "no JSON", !parses, name);
  }
  const readme = readFileSync(new URL("README.md", schemas), "utf8");
  for (const [reason, count] of counted) {
    assert.ok(count > 0, `no vector is beyond a schema for: ${reason}`);
    assert.ok(readme.includes(`| \`${reason}\` |`), `README.md does not explain: ${reason}`);
  }
});

const assessments = list(vectors, (name) => /^assess-.*\.json$/.test(name));
assert.ok(assessments.length > 0, "there are no assessments");
for (const name of assessments) {
  const vector = read(new URL(name, vectors));
  test(`${name}: ${vector.proves}`, () => {
    const validate = validator("v1/assessment.schema.json");
    const engine = { name: "talent", version: "0.0.0" };
    const expected = { ...vector.expected, provenance: { ...vector.expected.provenance, engine } };
    assert.ok(validate(expected), JSON.stringify(validate.errors));
  });
}
