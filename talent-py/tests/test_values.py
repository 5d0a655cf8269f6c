"""Every public class is a value in Python's sense. The classes are found, not listed: one that nobody knows how to make fails."""

from __future__ import annotations

import ast
import copy
import doctest
import importlib
import inspect
import operator
import pickle
import pkgutil
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl
import pytest
import talent
from talent import _native

HOSTILE = "<script>alert('&')</script>"


@cache
def standard() -> talent.Standard:
    return talent.Standard.load("docs/examples/minimal/standard.json")


@cache
def submission() -> talent.Submission:
    return talent.Submission.load("docs/examples/minimal/submission.json")


@cache
def assessment() -> talent.Assessment:
    return talent.assess(submission(), standard())


@cache
def waivers() -> talent.Waivers:
    waiver = '{"code": "TM0304", "reason": {"en": "A trial"}, "approver": "Review panel", "until": "2026-12-31"}'
    return talent.Waivers.from_json('{"kind": "waivers", "model": "1.0", "waivers": [' + waiver + "]}")


@cache
def diagnostic() -> talent.Diagnostic:
    return talent.check(submission(), standard(), waivers=waivers(), on="2026-06-30")[0]


@cache
def comparison() -> talent.Comparison:
    hilltop = talent.Submission.from_json(submission().to_json().replace("riverside", "hilltop").replace("120000", "60000"))
    return talent.compare([submission(), hilltop], standard())


@cache
def index() -> talent.Index:
    values = {"unit": [HOSTILE, "B", "C"], "parks": [2, 6, None], "rent": [3, 1, 2], "region": ["north", "south", "north"]}
    return talent.Index({"code": ["parks", "rent"], "weight": [1, 3]}, values).aggregate("arithmetic", missing="exclude").rank()


@cache
def robustness() -> talent.Robustness:
    return index().robustness(draws=64, sensitivity={"base": 32})


def frame() -> pl.DataFrame:
    return pl.DataFrame({"community": ["a", HOSTILE], "open-days": [True, None], "residents-council": [2, 9], HOSTILE: [1, 2]})


def scores() -> talent.Frame:
    return talent.assess_frame(frame(), standard(), errors="null")


MAKERS: dict[str, Callable[[], object]] = {
    "Assessment": assessment,
    "Checked": lambda: next(talent.check_many([submission()], standard())),
    "Community": lambda: submission().community,
    "Compared": lambda: comparison().communities["hilltop"],
    "Comparison": comparison,
    "Diagnostic": diagnostic,
    "Findings": lambda: talent.check_frame(frame(), standard()),
    "Frame": scores,
    "FrameStream": lambda: talent.assess_stream(frame(), standard()),
    "Gate": lambda: assessment().gates[0],
    "Index": index,
    "IndexResult": lambda: index().result,
    "IndicatorResult": lambda: assessment().indicators["open-days"],
    "Influence": lambda: robustness().effects["B"]["weights"],
    "Node": lambda: index().result.top,
    "Robustness": robustness,
    "SchemaChange": lambda: talent.schema_changes({"type": "string"}, {"type": "number"})[0],
    "Span": lambda: robustness().shift,
    "Standard": standard,
    "Submission": submission,
    "UnitRobustness": lambda: robustness().units["B"],
    "Verdicts": lambda: assessment().verdicts,
    "Waived": lambda: diagnostic().waived,
    "Waivers": waivers,
}
# Its kinds are made instead.
ABSTRACT = {"Document"}
# It is gone through once, so that a copy would be another stream.
ONCE = {"FrameStream"}


def classes() -> dict[str, type[Any]]:
    """Every class that the package names as public, by its name."""
    found: dict[str, type[Any]] = {}
    for name in ["talent", *(f"talent.{m.name}" for m in pkgutil.iter_modules(talent.__path__) if not m.name.startswith("_"))]:
        module = importlib.import_module(name)
        found |= {thing: getattr(module, thing) for thing in module.__all__ if inspect.isclass(getattr(module, thing))}
    return found


CLASSES = classes()
VALUES = sorted(name for name, made in CLASSES.items() if not issubclass(made, BaseException) and name not in ABSTRACT)
COPIED = [name for name in VALUES if name not in ONCE]


def made(name: str) -> Any:
    assert name in MAKERS, f"{name} is public, and nobody knows how to make one"
    thing = MAKERS[name]()
    assert type(thing) is CLASSES[name]
    return thing


def test_all_are_found() -> None:
    assert set(MAKERS) == set(VALUES)
    assert {"Standard", "Frame", "Index", "TalentError", "FontWarning"} <= set(CLASSES)


@pytest.mark.parametrize("name", VALUES)
def test_nothing_can_be_set_or_deleted(name: str) -> None:
    thing = made(name)
    members = [member for member in dir(thing) if not member.startswith("__")]
    assert members
    for member in members:
        before = inspect.getattr_static(thing, member)
        with pytest.raises(AttributeError):
            setattr(thing, member, 1)
        with pytest.raises(AttributeError):
            delattr(thing, member)
        assert inspect.getattr_static(thing, member) is before or isinstance(before, property)
    with pytest.raises(AttributeError):
        setattr(thing, "nothing", 1)
    assert not hasattr(thing, "__dict__")
    for member in members:
        if not member.startswith("_") and not isinstance(inspect.getattr_static(type(thing), member, None), property):
            value = getattr(thing, member)
            assert not isinstance(value, (dict, list, set)), f"{name}.{member} could be changed"
            if isinstance(value, Mapping):
                with pytest.raises(TypeError):
                    operator.setitem(value, "a", 1)  # type: ignore[call-overload]


@pytest.mark.parametrize("name", VALUES)
def test_what_a_property_gives_can_be_changed_without_harm(name: str) -> None:
    thing = made(name)
    for member, _ in inspect.getmembers(type(thing), lambda kind: isinstance(kind, property)):
        value = getattr(thing, member)
        if isinstance(value, (dict, list)) and not member.startswith("_"):
            expected = copy.deepcopy(value)
            value.clear()
            assert getattr(thing, member) == expected, member


@pytest.mark.parametrize("name", COPIED)
def test_copies_are_equal_and_have_the_same_hash(name: str) -> None:
    thing = made(name)
    copies = [copy.copy(thing), copy.deepcopy(thing), copy.deepcopy([thing])[0]]
    copies += [pickle.loads(pickle.dumps(thing, protocol)) for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1)]
    for other in copies:
        assert type(other) is type(thing) and other == thing and not other != thing
        assert hash(other) == hash(thing) and len({thing, other}) == 1
        assert repr(other) == repr(thing)


@pytest.mark.parametrize("name", ONCE)
def test_what_is_gone_through_once_has_no_copies(name: str) -> None:
    thing = made(name)
    for attempt in (copy.copy, copy.deepcopy, pickle.dumps):
        with pytest.raises(TypeError, match=f"{name} can be gone through once"):
            attempt(thing)
    assert thing == thing and hash(thing) == hash(thing)


@pytest.mark.parametrize("name", VALUES)
def test_other_types_are_unequal(name: str) -> None:
    class Eager:
        def __eq__(self, other: object) -> bool:
            return True

    thing = made(name)
    others = [None, 1, "text", b"", (), object(), pl.Series([1, 2]).to_arrow(), *(MAKERS[other]() for other in MAKERS if other != name)]
    for other in others:
        assert thing.__eq__(other) in (NotImplemented, False)
        assert (thing == other) is False and (thing != other) is True
    # The other type has its say.
    assert thing == Eager()
    for compare in (operator.lt, operator.ge):
        with pytest.raises(TypeError):
            compare(thing, thing)


@pytest.mark.parametrize("name", VALUES)
def test_what_is_shown_names_the_class_and_is_escaped(name: str) -> None:
    thing = made(name)
    assert repr(thing).lstrip("<").startswith(name) and len(repr(thing)) < 2000
    tabular = any(hasattr(thing, way) for way in ("to_columns", "to_arrow", "to_html"))
    assert hasattr(thing, "_repr_html_") == tabular, "what is a table shows itself as one"
    if tabular:
        shown = thing._repr_html_()
        assert "<table" in shown or "<section" in shown or "<article" in shown
        assert "<script" not in shown
        if name in ("Frame", "Findings", "IndexResult", "Robustness"):
            assert "&lt;script&gt;" in shown


@pytest.mark.parametrize("name", sorted(CLASSES))
def test_it_is_documented_with_an_example_that_runs(name: str) -> None:
    kind = CLASSES[name]
    assert kind.__module__ in ("talent", "talent.plot", "talent.spark") and not kind.__qualname__.startswith("_")
    examples = doctest.DocTestFinder(recurse=False).find(kind, name, globs={"talent": talent})
    assert examples and examples[0].examples, f"{name} has no example"
    # That all examples run is tested with the modules; here, that those of the class are of the class.
    assert any(word in "".join(example.source for example in examples[0].examples) for word in (name, "talent."))


@pytest.mark.parametrize("name", sorted(name for name, kind in CLASSES.items() if issubclass(kind, BaseException)))
def test_exceptions_are_taken_along(name: str) -> None:
    kind = CLASSES[name]
    error = kind("no", [diagnostic()]) if issubclass(kind, talent.TalentError) else kind("no")
    for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1):
        again = pickle.loads(pickle.dumps(error, protocol))
        assert type(again) is kind and str(again) == str(error) and again.args == error.args
        assert getattr(again, "diagnostics", ()) == getattr(error, "diagnostics", ())
    assert repr(error).startswith(name)


def test_native_classes_are_in_the_stub_and_cannot_be_changed(root: Path) -> None:
    stub = ast.parse((root / "talent-py/python/talent/_native.pyi").read_text(encoding="utf-8"))
    stubbed = {node.name: [item.name for item in node.body if isinstance(item, ast.FunctionDef)] for node in stub.body if isinstance(node, ast.ClassDef)}
    native = {name: kind for name, kind in vars(_native).items() if inspect.isclass(kind)}
    assert set(stubbed) == set(native)
    for name, kind in native.items():
        assert {member for member in vars(kind) if not member.startswith("__")} <= set(stubbed[name])
        assert kind.__module__ == "talent._native"
        with pytest.raises(TypeError):
            kind()
    raw = standard()._raw
    with pytest.raises(AttributeError):
        setattr(raw, "nothing", 1)
