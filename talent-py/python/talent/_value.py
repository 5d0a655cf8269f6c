"""Values: objects that never change once they are made."""

from __future__ import annotations

import dataclasses
import types
from collections.abc import Mapping
from typing import Any, NoReturn, Self


class Frozen:
    """What has its members from the beginning, and no others ever."""

    __slots__ = ()

    @classmethod
    def _made(cls, **members: Any) -> Self:
        # Past the constructor, which many have not got, and past `__setattr__`.
        value = object.__new__(cls)
        for name, member in members.items():
            object.__setattr__(value, name, member)
        return value

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(f"{type(self).__name__} objects cannot be changed: {name!r}")

    def __delattr__(self, name: str) -> NoReturn:
        raise AttributeError(f"{type(self).__name__} objects cannot be changed: {name!r}")


class Value(Frozen):
    """What never changes needs no copies: its copy is the thing itself."""

    __slots__ = ()

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        return self


class Record(Value):
    """A dataclass that is a value: nor can its mappings be changed. Their fields say `field(hash=False)`, since mappings have no hash."""

    __slots__ = ()

    def __init_subclass__(cls) -> None:
        # For its slots `dataclass` makes a class anew, with a `__setattr__` that knows only the old one and fails in a way of its own.
        for name in ("__setattr__", "__delattr__"):
            if name in vars(cls):
                delattr(cls, name)

    def __post_init__(self) -> None:
        for name, value in self._members():
            if isinstance(value, Mapping):
                object.__setattr__(self, name, types.MappingProxyType(dict(value)))

    def _members(self: Any) -> list[tuple[str, Any]]:
        return [(field.name, getattr(self, field.name)) for field in dataclasses.fields(self)]

    def __reduce__(self) -> tuple[Any, ...]:
        # Views of mappings cannot be pickled.
        return type(self), tuple(dict(value) if isinstance(value, Mapping) else value for _, value in self._members())
