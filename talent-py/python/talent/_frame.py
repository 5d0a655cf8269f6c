"""Data frames: many communities at once, from any library that speaks Arrow, and back to any."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Literal, NoReturn, Self, overload

from talent import _html, _native
from talent._check import _unusable
from talent._diagnostic import AssessError, Diagnostic, _diagnostics
from talent._document import Standard
from talent._engine import reference
from talent._value import Frozen, Value

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow


class _Table(Value):
    """What all results in the form of a table have in common."""

    __slots__ = ("__weakref__", "_raw")

    _raw: _native.RawFrame

    def __new__(cls, *args: Any, **kwargs: Any) -> Self:
        raise TypeError(f"{cls.__name__} has no constructor; it is what the functions for frames return")

    @property
    def columns(self) -> list[str]:
        """The names of the columns."""
        return self._raw.columns()

    def to_arrow(self) -> pyarrow.Table:
        """The table as a pyarrow table; nothing is copied."""
        import pyarrow

        return pyarrow.table(self)

    def to_polars(self) -> polars.DataFrame:
        """The table as a polars data frame."""
        import polars

        return polars.DataFrame(self._raw)

    def to_pandas(self) -> pandas.DataFrame:
        """The table as a pandas data frame (through pyarrow)."""
        frame: pandas.DataFrame = self.to_arrow().to_pandas()
        return frame

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """The table as an Arrow stream (the Arrow PyCapsule interface)."""
        return self._raw.__arrow_c_stream__(requested_schema)

    def __arrow_c_schema__(self) -> object:
        """The types of the columns (the Arrow PyCapsule interface)."""
        return self._raw.__arrow_c_schema__()

    def _repr_html_(self) -> str:
        return _html.table(self.columns, self._raw.head(_html.SHOWN), repr(self))


def _finding_rows(found: Sequence[Diagnostic]) -> _native.RawFrame:
    def place(diagnostic: Diagnostic) -> tuple[str | None, int | None, int | None]:
        first = diagnostic.params.get("rows")
        row = None if first is None else int(first.split(",")[0])
        count = diagnostic.params.get("row_count")
        return diagnostic.params.get("column"), row, None if count is None else int(count)

    places = [place(d) for d in found]
    return _native.frame_of(
        [
            ("code", [d.code for d in found]),
            ("severity", [d.severity for d in found]),
            ("column", [column for column, _, _ in places]),
            ("message", [d.message() for d in found]),
            ("message_zh", [d.message("zh") for d in found]),
        ],
        [("row", [row for _, row, _ in places]), ("count", [count for _, _, count in places])],
    )


class Findings(_Table):
    """What was found in a frame: a sequence of `Diagnostic`, errors first, and a table.

    One finding stands for all cells of a column with the same fault; it says how many they are and which rows come first, counted from 0. The
    columns of the table are `code`, `severity`, `column`, `message`, `message_zh`, `row` (the first) and `count`; these two are null where the frame as a whole is meant.

    >>> import polars as pl
    >>> standard = talent.Standard.load("docs/examples/minimal/standard.json")
    >>> frame = pl.DataFrame({"park-area": [900.0, -1.0], "facts.population": [100, 100], "residents-council": [2, 1], "open-days": [True, None]})
    >>> found = talent.check_frame(frame, standard)
    >>> found.conforms, [d.code for d in found]
    (False, ['TM0309'])
    >>> print(found[0].message())
    -1 m2 is not possible for `park-area`: expected a number of at least 0; in row 1
    """

    __slots__ = ("_found",)

    _found: tuple[Diagnostic, ...]

    @classmethod
    def _of(cls, found: Iterable[Diagnostic]) -> Self:
        held = tuple(found)
        return cls._made(_found=held, _raw=_finding_rows(held))

    @property
    def conforms(self) -> bool:
        """Whether none of the findings is an error."""
        return all(found.severity != "error" for found in self._found)

    @overload
    def __getitem__(self, index: int) -> Diagnostic: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Diagnostic, ...]: ...
    def __getitem__(self, index: int | slice) -> Diagnostic | tuple[Diagnostic, ...]:
        return self._found[index]

    def __len__(self) -> int:
        return len(self._found)

    def __iter__(self) -> Iterator[Diagnostic]:
        return iter(self._found)

    def __eq__(self, other: object) -> bool:
        return self._found == other._found if isinstance(other, Findings) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._found)

    def __reduce__(self) -> tuple[Any, ...]:
        return Findings._of, (self._found,)

    def __repr__(self) -> str:
        return f"<Findings: {len(self._found)}, {'conforms' if self.conforms else 'does not conform'}>"


class Frame(_Table):
    """The scores of a frame: one row for every community.

    The columns: what was kept of the input, the communities' names first; `total`, `low`, `high`, `coverage` as in `Assessment`; `grade`, null where none is
    reached; `scorable`; `conforms`, false where a row has an error, which leaves its other columns null; and the scores of the scenarios, `scenario.` and the identifier.

    >>> import polars as pl
    >>> standard = talent.Standard.load("docs/examples/minimal/standard.json")
    >>> columns = {"community": ["Riverside", "Hilltop"], "park-area": [1200.0, 300.0], "facts.population": [100, 100]}
    >>> frame = pl.DataFrame(columns | {"residents-council": [2, 1], "open-days": [True, False]})
    >>> scores = talent.assess_frame(frame, standard)
    >>> scores
    <Frame: 2 rows, 10 columns>
    >>> scores.to_polars()["grade"].to_list()
    ['good', None]
    """

    __slots__ = ("_findings",)

    _findings: tuple[Diagnostic, ...]

    @classmethod
    def _of(cls, raw: _native.RawFrame, found: Iterable[Diagnostic] = ()) -> Self:
        return cls._made(_raw=raw, _findings=tuple(found))

    @classmethod
    def _load(cls, data: bytes, found: tuple[Diagnostic, ...]) -> Self:
        return cls._of(_native.read_frame(data), found)

    @property
    def findings(self) -> Findings:
        """What was found on the way."""
        return Findings._of(self._findings)

    @property
    def metadata(self) -> dict[str, str]:
        """What the scores were computed by: the standard's identifier, version and digest, and the version of the engine."""
        return self._raw.metadata()

    def __len__(self) -> int:
        return len(self._raw)

    def __eq__(self, other: object) -> bool:
        return self._raw.equals(other._raw) if isinstance(other, Frame) else NotImplemented

    def __hash__(self) -> int:
        return hash((len(self), tuple(self.columns), tuple(map(tuple, self._raw.head(3)))))

    def __reduce__(self) -> tuple[Any, ...]:
        return Frame._load, (self._raw.to_ipc(), self._findings)

    def __repr__(self) -> str:
        rows = len(self)
        return f"<Frame: {rows} row{'' if rows == 1 else 's'}, {len(self.columns)} columns>"


class FrameStream(Frozen):
    """The scores of a stream, computed piece by piece as they are asked for: by iterating, by `collect`, or by whoever takes the Arrow stream.

    It can be gone through once, and so has no copies. At most one piece (65,536 rows) and what the source holds of it is in memory.

    >>> import pyarrow as pa
    >>> standard = talent.Standard.load("docs/examples/minimal/standard.json")
    >>> batches = (pa.record_batch({"residents-council": [n], "open-days": [True]}) for n in range(3))
    >>> stream = talent.assess_stream(batches, standard)
    >>> next(iter(stream)), stream.collect(), len(stream.collect())
    (<Frame: 1 row, 9 columns>, <Frame: 2 rows, 9 columns>, 0)
    """

    __slots__ = ("__weakref__", "_flow", "_progress", "_strict")

    _flow: _native.RawFlow
    _progress: Callable[[int], object] | None
    _strict: bool

    def __new__(cls, *args: Any, **kwargs: Any) -> Self:
        raise TypeError("FrameStream has no constructor; use assess_stream")

    @classmethod
    def _of(cls, flow: _native.RawFlow, progress: Callable[[int], object] | None, strict: bool) -> Self:
        return cls._made(_flow=flow, _progress=progress, _strict=strict)

    def __reduce__(self) -> NoReturn:
        raise TypeError("a FrameStream can be gone through once, and cannot be copied or pickled; collect it first")

    def __iter__(self) -> Iterator[Frame]:
        while (step := self._flow.step(True)) is not None:
            if self._strict and self._flow.has_errors():
                raise _refused(_diagnostics(self._flow.findings()))
            rows, raw = step
            if self._progress is not None:
                self._progress(rows)
            if raw is not None:
                yield Frame._of(raw)
        if self._flow.has_errors() and (self._strict or self._broken()):
            raise _refused(_diagnostics(self._flow.findings()))

    def _broken(self) -> bool:
        return any(code in ("TM0850", "TM0861") for code, *_ in self._flow.findings())

    @property
    def findings(self) -> Findings:
        """What has been found so far."""
        return Findings._of(_diagnostics(self._flow.findings()))

    def collect(self) -> Frame:
        """All that is left, in one frame."""
        pieces = [frame._raw for frame in self]
        return Frame._of(_native.join_frames(pieces, self._flow.empty()), _diagnostics(self._flow.findings()))

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """The scores as an Arrow stream (the Arrow PyCapsule interface), computed as they are taken. An error in a row, with `errors="raise"`, is an error of the stream."""
        return self._flow.__arrow_c_stream__(requested_schema)

    def __repr__(self) -> str:
        return "<FrameStream>"


def _refused(found: list[Diagnostic]) -> AssessError:
    errors = [d for d in found if d.severity == "error"]
    return AssessError(f"the frame cannot be assessed: {'1 problem' if len(errors) == 1 else f'{len(errors)} problems'}", errors)


def _elsewhere(found: str, cure: str, cure_zh: str) -> AssessError:
    return _refused([Diagnostic("TM0863", "error", params={"found": found, "cure": cure, "cure_zh": cure_zh})])


def _typed(frame: Any, schema: Any) -> tuple[Any, list[str]]:
    """A polars frame whose columns of no type have one, and the names of these: polars hands them over in a way that other libraries refuse."""
    import polars

    # There are few different types, and comparing one takes long.
    if {polars.Null, polars.List}.isdisjoint(map(type, schema.values())):
        return frame, []
    untyped = [name for name, kind in schema.items() if kind == polars.Null]
    lists = [name for name, kind in schema.items() if kind == polars.List(polars.Null)]
    if not untyped and not lists:
        return frame, untyped
    return frame.with_columns(polars.col(untyped).cast(polars.Float64), polars.col(lists).cast(polars.List(polars.String))), untyped


def _source(frame: object, streaming: bool) -> tuple[object, list[str]]:
    """What the native half can read, and the columns that hold nothing; plans that hold no data are run where that is cheap and clear, and refused elsewhere."""
    kind = f"{type(frame).__module__.split('.')[0]}.{type(frame).__name__}"
    if kind.startswith("pyspark."):
        raise _elsewhere(kind, "use talent.spark.assess, which runs where the data is", "请使用 talent.spark.assess，在数据所在处运行")
    if kind.startswith("dask."):
        raise _elsewhere(kind, "use frame.map_partitions(...), see docs/guide/scale.md", "请使用 frame.map_partitions(...)，见 docs/guide/scale.md")
    if kind == "polars.LazyFrame":
        lazy: Any = frame
        typed, untyped = _typed(lazy, lazy.collect_schema())
        return typed.collect_batches() if streaming else typed.collect(), untyped
    if kind == "polars.DataFrame":
        eager: Any = frame
        return _typed(eager, eager.schema)
    if isinstance(frame, (str, bytes, dict)) or not any(hasattr(frame, name) for name in ("__arrow_c_stream__", "__arrow_c_array__", "__iter__")):
        raise TypeError(f"a data frame is needed (pyarrow, polars, pandas, DuckDB, or anything with __arrow_c_stream__), not {type(frame).__name__}")
    return frame, []


def _flow(
    frame: object,
    standard: Standard | None,
    stage: str | None,
    community: str,
    keep: Sequence[str],
    weight_set: str | None,
    form: Literal["wide", "long"] | None,
    errors: str,
    streaming: bool,
) -> tuple[_native.RawFlow | None, list[Diagnostic]]:
    against = reference() if standard is None else standard
    if isinstance(keep, str):
        raise TypeError("keep is a list of names of columns")
    if errors not in ("raise", "null"):
        raise ValueError(f"an error in a row can raise or make its scores null, not {errors!r}")
    if form not in (None, "wide", "long"):
        raise ValueError(f"a frame is wide or long, not {form!r}")
    if form == "long" and keep:
        raise ValueError("a row of a long frame is one answer of many, and cannot be kept beside the score of a community")
    source, untyped = _source(frame, streaming)
    flow, faults, found = _native.frame_flow(source, against._raw, weight_set, stage, community, list(keep), untyped, form, errors == "raise", streaming)
    if faults:
        raise _unusable(against, _diagnostics(faults))
    return flow, _diagnostics(found)


def assess_stream(
    frame: object,
    standard: Standard | None = None,
    *,
    stage: str | None = None,
    community: str = "community",
    keep: Sequence[str] = (),
    weight_set: str | None = None,
    form: Literal["wide", "long"] | None = None,
    errors: Literal["raise", "null"] = "raise",
    progress: Callable[[int], object] | None = None,
) -> FrameStream:
    """Scores a stream of any length in bounded memory. The arguments are those of `assess_frame`; the result is gone through once, piece by piece.

    `frame` may also be an iterator over frames with the same columns, such as `pyarrow.parquet.ParquetFile(path).iter_batches()`.

    >>> import pyarrow as pa
    >>> standard = talent.Standard.load("docs/examples/minimal/standard.json")
    >>> batches = (pa.record_batch({"residents-council": [n], "open-days": [True]}) for n in range(3))
    >>> [len(frame) for frame in talent.assess_stream(batches, standard)]
    [1, 1, 1]
    """
    flow, found = _flow(frame, standard, stage, community, keep, weight_set, form, errors, True)
    if flow is None:
        raise _refused(found)
    return FrameStream._of(flow, progress, errors == "raise")


def assess_frame(
    frame: object,
    standard: Standard | None = None,
    *,
    stage: str | None = None,
    community: str = "community",
    keep: Sequence[str] = (),
    weight_set: str | None = None,
    form: Literal["wide", "long"] | None = None,
    errors: Literal["raise", "null"] = "raise",
    progress: Callable[[int], object] | None = None,
) -> Frame:
    """Scores every row of a data frame against `standard` (absent: the reference standard), each as `assess` scores a community with one zone, to the last bit.

    `frame` is anything with `__arrow_c_stream__` or `__arrow_c_array__`: pyarrow, polars (a lazy frame is collected), pandas 3, a DuckDB relation. A column is
    named by the identifier or the printed code of an indicator; beside it may stand `X.unit`, `X.state`, `X.reason` and `X.sample`; facts are `facts.` and their identifier.
    Null is the state `missing`, and an indicator without a column is `not_assessed`. docs/guide/frames.md has the whole of it.

    `stage` is the stage of all rows; absent, a column `stage` has that of each. `community` names the column with the communities' names, which goes into the
    result, as do the columns in `keep`. `weight_set` names one of the standard's alternative weights. With `errors="raise"` a row that does not conform raises `AssessError`
    with all that was found, each fault once with its rows; with `"null"` such rows have no scores. `progress` is called with the number of rows done since it was last called, such as the `update` of a tqdm bar.
    Raises `CheckError` when the standard cannot be used, and `TypeError` when there is no data frame.

    >>> import polars as pl
    >>> standard = talent.Standard.load("docs/examples/minimal/standard.json")
    >>> frame = pl.DataFrame({"park-area": [900.0, None], "facts.population": [100, 100], "residents-council": [2, 1], "open-days": [True, False]})
    >>> talent.assess_frame(frame, standard).to_polars()["coverage"].to_list()
    [1.0, 0.5]
    >>> talent.assess_frame(frame.rename({"open-days": "open-day"}), standard)
    Traceback (most recent call last):
    ...
    talent.AssessError: the frame cannot be assessed: 1 problem
      TM0852 at /columns/open-day: the standard has nothing called `open-day`, and what it seems to mean is not in the frame; did you mean `open-days`?
    """
    flow, found = _flow(frame, standard, stage, community, keep, weight_set, form, errors, False)
    if flow is None:
        raise _refused(found)
    # All errors of all rows are gathered before one is raised.
    pieces = [piece._raw for piece in FrameStream._of(flow, progress, False)]
    found = _diagnostics(flow.findings())
    if errors == "raise" and flow.has_errors():
        raise _refused(found)
    return Frame._of(_native.join_frames(pieces, flow.empty()), found)


def check_frame(
    frame: object,
    standard: Standard | None = None,
    *,
    stage: str | None = None,
    community: str = "community",
    keep: Sequence[str] = (),
    form: Literal["wide", "long"] | None = None,
    progress: Callable[[int], object] | None = None,
) -> Findings:
    """Everything found in a data frame. The arguments are those of `assess_frame`; nothing is scored that is handed out, and nothing in the frame raises.

    >>> import polars as pl
    >>> standard = talent.Standard.load("docs/examples/minimal/standard.json")
    >>> found = talent.check_frame(pl.DataFrame({"open-days": [True, True], "facts.population": [100.0, float("inf")]}), standard)
    >>> found.to_polars()["code"].to_list()
    ['TM0859', 'TM0853']
    """
    flow, found = _flow(frame, standard, stage, community, keep, None, form, "null", False)
    if flow is None:
        return Findings._of(found)
    while (step := flow.step(False)) is not None:
        if progress is not None:
            progress(step[0])
    return Findings._of(_diagnostics(flow.findings()))
