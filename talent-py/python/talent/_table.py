"""The two tables of an index, from whatever holds tables: mappings, rows, arrays and data frames. No other package is needed or loaded."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

from talent import _native

# What users of COINr call the columns of their table of indicators.
_COINR = {
    "iCode": "code",
    "iName": "name",
    "Parent": "parent",
    "Level": "level",
    "Weight": "weight",
    "Direction": "direction",
    "Unit": "unit",
    "Denominator": "denominator",
}
# Columns of a COINr table that change no number: what a row is follows from the parents, and targets are for charts.
_SILENT = {"Type", "type", "Target"}
# Rows of a COINr table that describe columns which are no indicators.
_BESIDE = {"Group", "Denominator", "Other"}
_GOALPOSTS = {"goalpost_low": "low", "goalpost_high": "high", "goalpost_log": "log"}
_UNIT = ("unit", "uCode")
# Columns of COINr's table of values that are neither units nor values.
_NAME, _TIME = "uName", "Time"

Columns: TypeAlias = list[tuple[str, Any]]


def columns_of(table: Any) -> Columns:
    """Any table as columns: names, and whatever holds the cells."""
    if isinstance(table, Mapping):
        return [(str(name), column) for name, column in table.items()]
    fields = getattr(getattr(table, "dtype", None), "names", None)
    if fields:  # a structured array of numpy
        return [(str(name), table[name]) for name in fields]
    if hasattr(table, "get_columns"):  # polars
        return [(column.name, column) for column in table.get_columns()]
    if hasattr(table, "collect_schema") or hasattr(table, "lazy"):
        raise TypeError(f"a {type(table).__name__} has no values yet: collect it first")
    if hasattr(table, "column_names") and hasattr(table, "columns"):  # pyarrow
        return list(zip(map(str, table.column_names), table.columns, strict=True))
    if hasattr(table, "iloc") and hasattr(table, "items"):  # pandas
        return _pandas(table)
    if isinstance(table, Iterable) and not isinstance(table, (str, bytes)):
        rows = list(table)
        if all(isinstance(row, Mapping) for row in rows):
            names = list(dict.fromkeys(str(name) for row in rows for name in row))
            return [(name, [row.get(name) for row in rows]) for name in names]
    raise TypeError(f"a mapping of columns, a list of rows or a data frame is needed, not {type(table).__name__}")


def _pandas(frame: Any) -> Columns:
    """The columns of a pandas frame: those of doubles as views into the block that holds them, where one block holds them all, which is faster than asking for each."""
    names, doubles = list(frame.columns), [str(dtype) == "float64" for dtype in frame.dtypes]
    if len(set(names)) == len(names):
        block = frame.drop(columns=[name for name, double in zip(names, doubles, strict=True) if not double]).to_numpy()
        if block.dtype.kind == "f" and block.flags.f_contiguous:
            views = iter(block.T)
            return [(str(name), next(views) if double else frame[name]) for name, double in zip(names, doubles, strict=True)]
    return [(str(name), column) for name, column in frame.items()]


def cells_of(column: Any) -> list[Any]:
    """A column's cells as plain values of Python."""
    for name in ("to_pylist", "to_list", "tolist"):
        plain = getattr(column, name, None)
        if plain is not None:
            return list(plain())
    return list(column)


def _array(column: Any) -> Any | None:
    """A column that is numbers throughout, as memory that holds doubles: the column's own where it can be, with what is missing as not a number."""
    array = column
    if not hasattr(array, "__array_interface__") and hasattr(array, "to_numpy"):
        try:
            array = array.to_numpy()
        except ImportError:  # polars without numpy
            return None
    if getattr(getattr(array, "dtype", None), "kind", "") in tuple("fiub") and hasattr(array, "astype"):
        return array.astype("float64", copy=False)
    try:
        return array if memoryview(array).format == "d" else None
    except TypeError:
        return None


def missing(cell: Any) -> bool:
    """Whether a cell says that there is no value: `None`, not a number, an empty text, and the like of `pandas.NA`."""
    if cell is None or (isinstance(cell, str) and not cell.strip()):
        return True
    try:
        return bool(math.isnan(cell))
    except TypeError:
        return type(cell).__name__ in ("NAType", "NaTType")


def _plain(cell: Any) -> Any:
    """A cell as JSON has it: numbers of other packages become Python's."""
    if isinstance(cell, (bool, str)):
        return cell
    number = float(cell)
    return int(number) if number.is_integer() else number


def _row(cells: Mapping[str, Any]) -> dict[str, Any]:
    row: dict[str, Any] = {}
    goalposts: dict[str, Any] = {}
    for name, cell in cells.items():
        name = _COINR.get(name, name)
        if name in _SILENT or missing(cell):
            continue
        if name in _GOALPOSTS:
            goalposts[_GOALPOSTS[name]] = bool(cell) if name == "goalpost_log" else _plain(cell)
        elif isinstance(cell, Mapping):
            row[name] = dict(cell)
        elif name == "direction" and not isinstance(cell, str):
            row[name] = {1: "higher", -1: "lower"}.get(_plain(cell), _plain(cell))
        else:
            row[name] = _plain(cell)
    if goalposts:
        row["goalposts"] = goalposts
    return row


def _rows(indicators: Any) -> tuple[list[dict[str, Any]], dict[str, str]]:
    """The rows of the table of indicators, and what COINr's tables say of columns that are none."""
    columns = [(name, cells_of(column)) for name, column in columns_of(indicators)]
    count = max((len(cells) for _, cells in columns), default=0)
    rows, beside = [], {}
    for at in range(count):
        cells = {name: column[at] for name, column in columns if at < len(column)}
        if "iCode" in cells and cells.get("Type") in _BESIDE:
            beside[str(cells["iCode"])] = str(cells["Type"])
        else:
            rows.append(_row(cells))
    return rows, beside


def tables(indicators: Any, values: Any, unit: str | None, time: str | None) -> tuple[_native.RawTable | None, list[Any]]:
    """Both tables, or what is wrong with them."""
    rows, beside = _rows(indicators)
    given = columns_of(values)
    names = [name for name, _ in given]
    coinr = "uCode" in names
    unit = unit if unit is not None else next((name for name in _UNIT if name in names), None)
    time = time if time is not None else (_TIME if coinr and _TIME in names else None)
    if unit is not None and unit in names:
        units = [str(cell) for cell in cells_of(given.pop(names.index(unit))[1])]
    elif unit is None and hasattr(values, "index") and not callable(values.index):
        # A pandas frame whose rows are named.
        units = [str(label) for label in values.index]
    else:
        raise ValueError(f"the values need a column {unit or 'unit'!r} with the names of the units")
    columns: list[tuple[str, Any]] = []
    groups: list[tuple[str, list[str]]] = []
    times: list[str] | None = None
    for name, column in given:
        if coinr and name == _NAME or beside.get(name) == "Other":
            continue
        if name == time:
            times = ["" if missing(cell) else str(_plain(cell)) for cell in cells_of(column)]
            continue
        array = None if beside.get(name) == "Group" else _array(column)
        if array is not None:
            columns.append((name, array))
            continue
        cells = cells_of(column)
        if beside.get(name) == "Group" or any(isinstance(cell, str) and cell.strip() for cell in cells):
            groups.append((name, ["" if missing(cell) else str(cell) for cell in cells]))
        else:
            columns.append((name, [math.nan if missing(cell) else float(cell) for cell in cells]))
    if time is not None and times is None:
        raise ValueError(f"the values have no column {time!r} with the periods")
    if times is not None and len(set(times)) == 1:
        times = None
    return _native.index_table(json.dumps({"indicators": rows}).encode(), units, columns, groups, times or [])
