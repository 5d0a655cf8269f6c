// The commonest mistakes, and what Ajv says of each, as it comes: the first error with the usual settings. Python's tests hold what check-jsonschema says.
// `TALENT_UPDATE=1 npm test` writes anew what is said.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { test } from "node:test";
import Ajv from "ajv/dist/2020.js";

const schemas = new URL("../", import.meta.url);
const read = (path) => JSON.parse(readFileSync(new URL(path, schemas), "utf8"));
const file = new URL("mistakes.json", import.meta.url);
const mistakes = JSON.parse(readFileSync(file, "utf8"));

const DOCUMENTS = {
  submission: () => read("vectors/valid-answers-of-every-kind.json").document,
  standard: () => read("vectors/standards/every-kind.json"),
};
const SCHEMAS = {
  submission: { published: "v1/submission.schema.json", compiled: "vectors/compiled/every-kind.schema.json" },
  standard: { published: "v1/standard.schema.json" },
};

/** The document with the mistake in it. An edit without a value takes away. */
function mistaken({ document, edits }) {
  const root = DOCUMENTS[document]();
  for (const { at, ...edit } of edits) {
    const steps = at.split("/").slice(1);
    const last = steps.pop();
    const parent = steps.reduce((value, step) => value[step], root);
    if ("value" in edit) parent[last] = edit.value;
    else delete parent[last];
  }
  return root;
}

const validators = new Map();
function validator(path) {
  if (!validators.has(path)) validators.set(path, new Ajv({ strict: true, validateFormats: false }).compile(read(path)));
  return validators.get(path);
}

assert.ok(mistakes.length >= 10, "there are fewer than ten mistakes");
for (const mistake of mistakes) {
  test(`Ajv names the member: ${mistake.mistake}`, () => {
    let refused = 0;
    for (const [which, path] of Object.entries(SCHEMAS[mistake.document])) {
      const validate = validator(path);
      assert.ok(validate(DOCUMENTS[mistake.document]()), "without the mistake there is no error");
      const said = validate(mistaken(mistake)) ? null : validate.errors[0];
      const line = said && `${said.instancePath}: ${said.message} ${JSON.stringify(said.params)}`;
      if (process.env.TALENT_UPDATE === "1") ((mistake.said ??= {})[which] ??= {}).ajv = line;
      assert.equal(line, mistake.said[which].ajv);
      if (!said) continue;
      refused += 1;
      const named = [said.instancePath.split("/").at(-1), said.params.missingProperty, said.params.additionalProperty];
      assert.ok(mistake.names.some((name) => named.includes(name)), `${line} does not name ${mistake.names}`);
    }
    assert.ok(refused > 0, "no schema refuses it");
  });
}

if (process.env.TALENT_UPDATE === "1") process.on("exit", () => writeFileSync(file, `${JSON.stringify(mistakes, null, 2)}\n`));
