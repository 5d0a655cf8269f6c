"""Tables for notebooks. Every text is escaped."""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping, Sequence

# How many rows a notebook is shown.
SHOWN = 10


def table(names: Iterable[str], rows: Iterable[Iterable[str]], caption: str) -> str:
    """A table of texts."""
    head = "".join(f"<th>{html.escape(name)}</th>" for name in names)
    body = "".join("<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody><caption>{html.escape(caption)}</caption></table>"


def columns(data: Mapping[str, Sequence[object]], caption: str) -> str:
    """The first rows of columns of values; numbers in six digits."""
    rows = zip(*(column[:SHOWN] for column in data.values()), strict=True)
    return table(data, (map(_cell, row) for row in rows), caption)


def _cell(value: object) -> str:
    if value is None:
        return "–"
    return f"{value:.6g}" if isinstance(value, float) else str(value)
