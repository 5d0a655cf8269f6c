"""Python types generated from the schemas by datamodel-code-generator, and the examples read with them."""

import importlib.util
import json
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
INDEX = json.loads((ROOT / "schemas/index.json").read_text(encoding="utf-8"))["schemas"]

# What an author adds, and outlines that are kept as they are.
LOOSE = {"extensions", "geometry"}


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> dict[str, ModuleType]:
    folder = tmp_path_factory.mktemp("types")
    modules = {}
    for entry in INDEX:
        path = folder / f"generated_{entry['kind']}.py"
        options = ["--input-file-type", "jsonschema", "--output-model-type", "pydantic_v2.BaseModel", "--target-python-version", "3.11"]
        options += ["--formatters", "builtin", "--disable-timestamp"]
        source = ["--input", str(ROOT / "schemas" / entry["file"]), "--output", str(path)]
        subprocess.run([sys.executable, "-m", "datamodel_code_generator", *source, *options], check=True, timeout=120)
        spec = importlib.util.spec_from_file_location(path.stem, path)
        assert spec is not None and spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        sys.modules[path.stem] = module
        spec.loader.exec_module(module)
        modules[entry["kind"]] = module
    assert len(modules) >= 4
    return modules


def by_word(entry: dict[str, str]) -> set[str]:
    """Members of a choice that each word understands in its own way: their types hang on `type`, which no generator follows."""
    schema = json.loads((ROOT / "schemas" / entry["file"]).read_text(encoding="utf-8"))
    choices = [definition for definition in schema["$defs"].values() if "dependentSchemas" in definition]
    return {name for choice in choices for name, member in choice["properties"].items() if not {"type", "$ref", "allOf"} & member.keys()}


def test_every_type_has_a_name(generated: dict[str, ModuleType]) -> None:
    for entry in INDEX:
        module = generated[entry["kind"]]
        assert module.__file__ is not None
        code = Path(module.__file__).read_text(encoding="utf-8")
        names = re.findall(r"^class (\w+)", code, re.MULTILINE)
        assert entry["title"] in names
        assert [name for name in names if name[-1].isdigit()] == []
        members = re.findall(r"^    (\w+): ([^=\n]*\bAny\b[^=\n]*)", code, re.MULTILINE)
        assert {name for name, _ in members} <= LOOSE | by_word(entry), members


def documents() -> list[tuple[str, Any]]:
    found = [(entry["kind"], json.loads((ROOT / "schemas" / entry["file"]).read_text(encoding="utf-8"))["examples"][0]) for entry in INDEX]
    paths = sorted((ROOT / "docs/examples").glob("*.submission.json"))
    assert paths
    paths += [ROOT / "docs/examples/minimal/standard.json", ROOT / "talent-model/standards/reference.json"]
    for path in paths:
        document = json.loads(path.read_text(encoding="utf-8"))
        found.append((document["kind"], document))
    return found


def test_the_examples_are_read_and_written_again(generated: dict[str, ModuleType]) -> None:
    titles = {entry["kind"]: entry["title"] for entry in INDEX}
    for kind, document in documents():
        model = getattr(generated[kind], titles[kind])
        read = model.model_validate(document)
        assert read.model_dump(mode="json", by_alias=True, exclude_unset=True) == document


def test_what_is_read_has_types(generated: dict[str, ModuleType]) -> None:
    text = (ROOT / "docs/examples/new-shougang.submission.json").read_text(encoding="utf-8")
    submission = generated["submission"].Submission.model_validate_json(text)
    states = generated["submission"].State
    assert submission.observations and all(o.state is None or isinstance(o.state, states) for o in submission.observations)
    standard = generated["standard"].Standard.model_validate_json((ROOT / "docs/examples/minimal/standard.json").read_text(encoding="utf-8"))
    rule = standard.scenarios[0].indicators[0].criteria[0].rule
    assert isinstance(rule, generated["standard"].Rule) and rule.type is generated["standard"].RuleType.piecewise
    assert rule.points is not None and len(rule.points) >= 2


@pytest.mark.parametrize("text", ['{"kind": "submission"}', "{}", '{"kind": "community", "model": "1.0", "id": "a", "name": {"en": "A"}, "colour": "red"}'])
def test_what_does_not_conform_is_refused(generated: dict[str, ModuleType], text: str) -> None:
    from pydantic import ValidationError

    for kind, title in (("submission", "Submission"), ("community", "Community")):
        with pytest.raises(ValidationError):
            getattr(generated[kind], title).model_validate_json(text)
