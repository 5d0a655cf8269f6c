"""Pages made from the code: the help of every command, the Python package, the kinds of documents."""

import ast
import importlib
import inspect
import json
import os
import re
import subprocess
import sys
import textwrap
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import talent

TALENT = [sys.executable, "-m", "talent"]


def pages(root: Path) -> dict[str, str]:
    """Every page by its place in the book."""
    return {"reference/command.md": command(), "reference/python.md": python(), **documents(root / "schemas")}


# The command


def help_of(*words: str) -> str:
    plain = {name: value for name, value in os.environ.items() if name not in ("LANG", "LC_MESSAGES", "COLUMNS")} | {"LC_ALL": "C", "NO_COLOR": "1"}
    return subprocess.run([*TALENT, *words, "--help"], capture_output=True, text=True, check=True, env=plain).stdout


def commands(*above: str) -> list[tuple[str, ...]]:
    """All commands below `above`, in the order of the help."""
    listed = re.search(r"^Commands:\n((?:  .*\n)+)", help_of(*above), re.MULTILINE)
    names = re.findall(r"^  ([a-z]\S*)", listed[1], re.MULTILINE) if listed else []
    return [found for name in names if name != "help" for found in [(*above, name), *commands(*above, name)]]


def command() -> str:
    parts = ["# The command", "What `talent --help` and the help of every command say. `--lang zh` says it in Chinese.", f"```text\n{help_of()}```"]
    for words in commands():
        parts += [f"{'#' * (1 + len(words))} talent {' '.join(words)}", f"```text\n{help_of(*words)}```"]
    return "\n\n".join(parts) + "\n"


# The Python package


def prose(text: str) -> str:
    """A docstring as Markdown: examples become blocks, an indented list stays one."""
    blocks = []
    for block in re.split(r"\n\s*\n", inspect.cleandoc(text)):
        blocks.append(f"```pycon\n{block}\n```" if block.startswith(">>>") else block)
    return "\n\n".join(blocks)


def signature(name: str, thing: Any) -> str:
    if not callable(thing):
        return name
    try:
        text = str(inspect.signature(thing))
    except (TypeError, ValueError):
        return name
    text = re.sub(r"\btalent\._\w+\.|\bcollections\.abc\.|\btyping\.|\bpathlib\.(?:_local\.)?", "", text)
    # Types are written as texts, and defaults may be texts.
    text = re.sub(r"(: |-> )(['\"])(.*?)\2(?=[,)]| = |$)", r"\1\3", text)
    one = name + text
    if len(one) <= 100:
        return one
    inner, after = text[1:].rsplit(")", 1)
    # Commas between brackets and in texts part nothing.
    depth, pieces, last = 0, [], 0
    for at, letter in enumerate(inner):
        depth += (letter in "[(") - (letter in "])")
        if letter == "," and depth == 0 and inner.count("'", 0, at) % 2 == 0:
            pieces.append(inner[last:at].strip())
            last = at + 1
    return f"{name}(\n" + "".join(f"    {piece},\n" for piece in [*pieces, inner[last:].strip()]) + f"){after}"


@cache
def attributes() -> dict[str, list[tuple[str, str, str]]]:
    """For every class of the package its annotated members: name, type and the text below."""
    found = {}
    for path in sorted(Path(talent.__path__[0]).glob("*.py")):
        for cls in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(cls, ast.ClassDef):
                found[cls.name] = [
                    (member.target.id, ast.unparse(member.annotation), str(text.value.value))
                    for member, text in pairwise(cls.body)
                    if isinstance(member, ast.AnnAssign) and isinstance(member.target, ast.Name) and isinstance(text, ast.Expr) and isinstance(text.value, ast.Constant)
                ]
    return found


def fields(cls: type) -> list[str]:
    return [f"| `{name}` | `{kind}` | {' '.join(text.split())} |".replace(" | None", " \\| None") for name, kind, text in attributes().get(cls.__name__, [])]


def entry(name: str, thing: Any, level: int) -> list[str]:
    kind = "class " if inspect.isclass(thing) else ""
    parts = [f"{'#' * level} {name}", f"```python\n{kind}{signature(name, thing)}\n```", prose(thing.__doc__ or "")]
    if inspect.isclass(thing):
        if table := fields(thing):
            parts.append("\n".join(["| member | type | meaning |", "|---|---|---|", *table]))
        for member, value in vars(thing).items():
            if member.startswith("_"):
                continue
            if isinstance(value, property):
                returned = inspect.signature(value.fget).return_annotation if value.fget else ""
                parts += [f"{'#' * (level + 1)} {name}.{member}", f"```python\n{member}: {returned}\n```", prose(value.__doc__ or "")]
            elif inspect.isroutine(value) or isinstance(value, classmethod):
                bound = getattr(thing, member)
                parts += [f"{'#' * (level + 1)} {name}.{member}", f"```python\n{signature(member, bound)}\n```", prose(bound.__doc__ or "")]
    return parts


def python() -> str:
    parts = ["# Python", prose(talent.__doc__ or "")]
    for name in sorted(set(talent.__all__) - {"__version__"}, key=lambda name: (inspect.isclass(getattr(talent, name)), name)):
        parts += entry(f"talent.{name}", getattr(talent, name), 2)
    for name in ("plot", "spark"):
        module = importlib.import_module(f"talent.{name}")
        parts += [f"## talent.{name}", prose(module.__doc__ or "")]
        for member, value in vars(module).items():
            if not member.startswith("_") and getattr(value, "__module__", "") == module.__name__:
                parts += entry(f"talent.{name}.{member}", value, 3)
    return "\n\n".join(parts) + "\n"


# The documents


def documents(folder: Path) -> dict[str, str]:
    made = {}
    kinds = json.loads((folder / "index.json").read_text())
    rows = ["# Documents", "Every document is JSON with a `kind`. These pages are made from the [schemas](../../../schemas/README.md).", "| kind | |\n|---|---|"]
    for path in sorted((folder / "v1").glob("*.schema.json")):
        schema, kind = json.loads(path.read_text()), path.name.removesuffix(".schema.json")
        assert kind in json.dumps(kinds)
        rows[-1] += f"\n| [`{kind}`]({kind}.md) | {schema['description']} |"
        made[f"reference/documents/{kind}.md"] = document(kind, schema)
    return {"reference/documents/index.md": "\n\n".join(rows) + "\n", **made}


def document(kind: str, schema: dict[str, Any]) -> str:
    parts = [f"# {schema['title']}", schema["description"], f"The schema is [`schemas/v1/{kind}.schema.json`](../../../schemas/v1/{kind}.schema.json).", members(schema)]
    for example in schema.get("examples", []):
        parts += ["An example:", f"```json\n{json.dumps(example, ensure_ascii=False, indent=2)}\n```"]
    for name, definition in sorted(schema.get("$defs", {}).items()):
        parts += [f"## {name}", text_of(definition), members(definition) or plain(definition)]
    return "\n\n".join(part for part in parts if part) + "\n"


def text_of(schema: dict[str, Any]) -> str:
    """The description; the list of choices at its end needs a blank line in Markdown."""
    return re.sub(r"(?<!\n)\n- ", "\n\n- ", str(schema.get("description", "")), count=1)


def members(schema: dict[str, Any]) -> str:
    if not schema.get("properties"):
        return ""
    rows = ["| member | type | | meaning |", "|---|---|---|---|"]
    required = schema.get("required", [])
    for name, member in schema["properties"].items():
        need = "required" if name in required else ""
        meaning = re.sub(r"\n- ", "<br>• ", str(member.get("description", ""))).replace("\n", " ").replace("|", "\\|")
        rows.append(f"| `{name}` | {type_of(member)} | {need} | {meaning} |")
    return "\n".join(rows)


def type_of(schema: dict[str, Any] | bool) -> str:
    if isinstance(schema, bool):
        return "anything"
    if "$ref" in schema:
        name = schema["$ref"].rsplit("/", 1)[1]
        return f"[{name}](#{name.lower()})"
    for union in ("allOf", "anyOf"):
        if union in schema:
            return " or ".join(dict.fromkeys(type_of(part) for part in schema[union]))
    if "const" in schema:
        return f"`{json.dumps(schema['const'], ensure_ascii=False)}`"
    match schema.get("type"):
        case "array":
            return f"list of {type_of(schema.get('items', True))}"
        case "object":
            return f"object of {type_of(inner)}" if (inner := schema.get("additionalProperties")) else "object"
        case list(kinds):
            return " or ".join(kinds)
        case str(kind):
            return kind
    return "anything"


def plain(schema: dict[str, Any]) -> str:
    """What a definition without members allows."""
    said = {key: value for key, value in schema.items() if key not in ("description", "examples", "$ref", "allOf")}
    examples = ", ".join(f"`{json.dumps(example, ensure_ascii=False)}`" for example in schema.get("examples", []))
    return textwrap.dedent(f"`{json.dumps(said, ensure_ascii=False)}`" + (f"; such as {examples}" if examples else "")) if said else ""
