"""The two tables of an index, from whatever holds tables: mappings, rows, arrays and data frames. No other package is needed, or loaded that is not there already."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeAlias

from talent import _native
from talent._diagnostic import MethodError, _diagnostics
from talent._frame import _typed

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
_NUMBERS = frozenset("fiub")
_GOALPOSTS = {"goalpost_low": "low", "goalpost_high": "high", "goalpost_log": "log"}
_UNIT = ("unit", "uCode")
# Columns of COINr's table of values that are neither units nor values.
_NAME, _TIME = "uName", "Time"

Columns: TypeAlias = list[tuple[str, Any]]


def columns_of(table: Any) -> Columns:
    """Any table as columns: names, and whatever holds the cells. What speaks Arrow (polars, pyarrow, DuckDB …) is taken by it."""
    if isinstance(table, Mapping):
        return [(str(name), _shared(str(name), column)) for name, column in table.items()]
    fields = getattr(getattr(table, "dtype", None), "names", None)
    if fields:  # a structured array of numpy
        return [(str(name), table[name]) for name in fields]
    if _is_pandas(table):
        return _pandas(table)
    if _speaks_arrow(table):
        columns, found = _native.columns_of_frame(_typed(table, table.schema)[0] if _is_polars(table) else table)
        if found:
            raise _unreadable(found)
        return list(columns)
    if hasattr(table, "collect_schema") or hasattr(table, "lazy"):
        raise TypeError(f"a {type(table).__name__} has no values yet: collect it first")
    if isinstance(table, Iterable) and not isinstance(table, (str, bytes)):
        rows = list(table)
        if all(isinstance(row, Mapping) for row in rows):
            names = list(dict.fromkeys(str(name) for row in rows for name in row))
            return [(name, [row.get(name) for row in rows]) for name in names]
    raise TypeError(f"a mapping of columns, a list of rows or a data frame is needed, not {type(table).__name__}")


def _unreadable(found: list[Any]) -> MethodError:
    return MethodError("the table cannot be read: 1 problem", _diagnostics(found))


def _is_pandas(table: Any) -> bool:
    return hasattr(table, "iloc") and hasattr(table, "items")


def _is_polars(table: Any) -> bool:
    return type(table).__module__.partition(".")[0] == "polars"


def _speaks_arrow(table: Any) -> bool:
    return hasattr(table, "__arrow_c_stream__") or hasattr(table, "__arrow_c_array__")


def _shared(name: str, column: Any) -> Any:
    """A column that is held as Arrow has it, if it speaks Arrow and nobody can write into it.

    A column of pandas that numpy holds can be written into, and pandas would hand that very memory over; it is copied like any other array.
    """
    if not _speaks_arrow(column):
        return column
    if _is_pandas(column) and not (hasattr(column.dtype, "pyarrow_dtype") or getattr(column.dtype, "storage", None) == "pyarrow"):
        return column
    if _is_polars(column):
        column = _typed(column.to_frame(name), {name: column.dtype})[0][name]
    held, found = _native.column_of_array(name, column)
    if held is None:
        raise _unreadable(found)
    return held


def _pandas(frame: Any) -> Columns:
    """The columns of a pandas frame: those of doubles as views into the block that holds them, where one block holds them all, which is faster than asking for each."""
    names, dtypes = list(frame.columns), list(frame.dtypes)
    # There are few different types, and asking one what it is takes long.
    kinds = {dtype: str(dtype) == "float64" for dtype in set(dtypes)}
    doubles = [kinds[dtype] for dtype in dtypes]
    if any(doubles) and len(set(names)) == len(names):
        first, end = doubles.index(True), len(doubles) - doubles[::-1].index(True)
        # Columns that stand together are cut out faster than others are left out.
        together = frame.iloc[:, first:end] if all(doubles[first:end]) else frame.drop(columns=[n for n, double in zip(names, doubles, strict=True) if not double])
        block = together.to_numpy()
        if block.dtype.kind == "f" and block.flags.f_contiguous:
            views = iter(block.T)
            return [(str(name), next(views) if double else _shared(str(name), frame[name])) for name, double in zip(names, doubles, strict=True)]
    return [(str(name), _shared(str(name), column)) for name, column in frame.items()]


def cells_of(column: Any) -> list[Any]:
    """A column's cells as plain values of Python."""
    for name in ("to_pylist", "to_list", "tolist"):
        plain = getattr(column, name, None)
        if plain is not None:
            return list(plain())
    return list(column)


def _texts(column: Any) -> Sequence[str] | _native.RawColumn:
    """A column's cells as texts, empty where there is nothing; as they are where they are texts."""
    if isinstance(column, _native.RawColumn) and column.is_texts():
        return column
    return ["" if missing(cell) else str(cell) for cell in cells_of(column)]


def _array(column: Any) -> Any | None:
    """A column that is numbers throughout, as memory that holds doubles: the column's own where it can be, with what is missing as not a number."""
    if isinstance(column, _native.RawColumn):
        return column if column.is_numbers() else None
    # Most memory says at once what it is; what numpy says of its own is long.
    if _is_doubles(column):
        return column
    array = column.to_numpy() if hasattr(column, "to_numpy") and not hasattr(column, "__array_interface__") else column
    dtype = getattr(array, "dtype", None)
    if getattr(dtype, "kind", "") in _NUMBERS and hasattr(array, "astype"):
        return array if dtype == "float64" else array.astype("float64", copy=False)
    return array if _is_doubles(array) else None


def _is_doubles(column: Any) -> bool:
    try:
        return memoryview(column).format == "d"
    except (TypeError, ValueError, BufferError):
        return False


def missing(cell: Any) -> bool:
    """Whether a cell says that there is no value: `None`, not a number, an empty text, and the like of `pandas.NA`."""
    if cell is None or isinstance(cell, str):
        return cell is None or not cell.strip()
    try:
        return bool(math.isnan(cell))
    except TypeError:
        return type(cell).__name__ in ("NAType", "NaTType")


def _plain(cell: Any) -> Any:
    """A cell as JSON has it: numbers and records of other packages become Python's."""
    if isinstance(cell, (bool, str)):
        return cell
    if not isinstance(cell, float) and isinstance(cell, Mapping):
        return dict(cell)
    number = float(cell)
    return int(number) if number.is_integer() else number


def _direction(cell: Any) -> Any:
    plain = _plain(cell)
    return plain if isinstance(plain, (str, dict)) else {1: "higher", -1: "lower"}.get(plain, plain)


# What the cells of some columns become; those of others are plain values.
_READ: dict[str, Callable[[Any], Any]] = {"direction": _direction, "goalpost_log": bool}


def _rows(indicators: Any) -> tuple[list[dict[str, Any]], dict[str, str]]:
    """The rows of the table of indicators, and what COINr's tables say of columns that are none."""
    columns = {name: cells_of(column) for name, column in columns_of(indicators)}
    kinds = enumerate(zip(columns.get("iCode", ()), columns.get("Type", ()), strict=False))
    beside = {at: (str(code), str(kind)) for at, (code, kind) in kinds if kind in _BESIDE}
    count = max(map(len, columns.values()), default=0)
    rows: list[dict[str, Any]] = [{} for _ in range(count)]
    goalposts: list[dict[str, Any]] = [{} for _ in range(count)]
    # Column by column, since what is to be done with a cell depends on its column.
    for name, cells in columns.items():
        name = _COINR.get(name, name)
        if name in _SILENT:
            continue
        to, key, read = (goalposts if name in _GOALPOSTS else rows), _GOALPOSTS.get(name, name), _READ.get(name, _plain)
        for at, cell in enumerate(cells):
            if not missing(cell) and at not in beside:
                to[at][key] = read(cell)
    for row, posts in zip(rows, goalposts, strict=True):
        if posts:
            row["goalposts"] = posts
    return [row for at, row in enumerate(rows) if at not in beside], dict(beside.values())


def tables(indicators: Any, values: Any, unit: str | None, time: str | None) -> tuple[_native.RawTable | None, list[Any]]:
    """Both tables, or what is wrong with them."""
    rows, beside = _rows(indicators)
    given = columns_of(values)
    names = [name for name, _ in given]
    coinr = "uCode" in names
    unit = unit if unit is not None else next((name for name in _UNIT if name in names), None)
    time = time if time is not None else (_TIME if coinr and _TIME in names else None)
    units: Sequence[str] | _native.RawColumn
    if unit is not None and unit in names:
        units = _texts(given.pop(names.index(unit))[1])
    elif unit is None and hasattr(values, "index") and not callable(values.index):
        # A pandas frame whose rows are named.
        units = [str(label) for label in values.index]
    else:
        raise ValueError(f"the values need a column {unit or 'unit'!r} with the names of the units")
    columns: list[tuple[str, Any]] = []
    groups: list[tuple[str, Sequence[str] | _native.RawColumn]] = []
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
            groups.append((name, _texts(column)))
        else:
            columns.append((name, [math.nan if missing(cell) else float(cell) for cell in cells]))
    if time is not None and times is None:
        raise ValueError(f"the values have no column {time!r} with the periods")
    if times is not None and len(set(times)) == 1:
        times = None
    return _native.index_table(json.dumps({"indicators": rows}).encode(), units, columns, groups, times or [])
