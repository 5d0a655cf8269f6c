"""Frames on Apache Spark: the same scoring, inside the executors, batch by batch (`mapInArrow`).

Needs `pip install "talent-py[spark]"`, on the executors too. Nothing of Spark is imported before `assess` is called.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Literal

from talent._document import Standard
from talent._engine import reference
from talent._frame import _flow, _refused
from talent._native import __version__

if TYPE_CHECKING:
    import pyarrow
    from pyspark.sql import DataFrame

__all__ = ["assess"]


def assess(
    df: DataFrame,
    standard: Standard | None = None,
    *,
    stage: str | None = None,
    community: str = "community",
    keep: Sequence[str] = (),
    weight_set: str | None = None,
    errors: Literal["raise", "null"] = "raise",
) -> DataFrame:
    """Scores every row of a wide Spark data frame where the data is, and gives a Spark data frame; like all of Spark, when something is asked of it.

    The arguments and the columns of the result are those of `talent.assess_frame`. The standard travels to the executors as bytes, once for every task. What is wrong with the
    columns is raised here, before anything runs; an error in a row fails its task with all that was found in the batch, or with `errors="null"` leaves the row without scores.
    Rows are counted within the batch, because Spark has no other order.

    A name with a full stop stands between backquotes in Spark: df["`scenario.green`"].

    Raises `AssessError` for columns that cannot be scored, `CheckError` when the standard cannot be used, and `TypeError` when `df` is no Spark data frame.
    """
    if not type(df).__module__.startswith("pyspark."):
        raise TypeError(f"a Spark data frame is needed, not {type(df).__name__}; talent.assess_frame takes all others")
    from pyspark.sql.pandas.types import from_arrow_schema, to_arrow_schema

    against = reference() if standard is None else standard
    arrow: pyarrow.Schema = to_arrow_schema(df.schema)
    flow, found = _flow(arrow.empty_table(), against, stage, community, keep, weight_set, "wide", errors, True)
    if flow is None:
        raise _refused(found)
    import pyarrow

    result = pyarrow.schema(flow.empty())
    options = {"stage": stage, "community": community, "keep": list(keep), "weight_set": weight_set, "errors": errors}
    task = _task(against.to_json(), against.digest, df.columns, options)
    # To Spark a full stop in a name is a way into a structure, so the columns travel under numbers.
    return df.toDF(*(str(at) for at in range(len(df.columns)))).mapInArrow(task, from_arrow_schema(result))


def _task(
    standard: str, digest: str, columns: list[str], options: dict[str, Any]
) -> Callable[[Iterable[pyarrow.RecordBatch]], Iterator[pyarrow.RecordBatch]]:
    """What an executor runs. It is taken apart and put together there by name alone, so that an executor without the package can say so."""

    version = __version__

    def run(batches: Iterable[pyarrow.RecordBatch]) -> Iterator[pyarrow.RecordBatch]:
        try:
            import talent
        except ImportError as error:
            raise RuntimeError(
                f"the executor has no package `talent` that it can load ({error}): install talent-py {version} there, with pip or with spark.archives; "
                f"执行器上没有可用的 `talent`（{error}）：请用 pip 安装 talent-py {version}，或以 spark.archives 分发"
            ) from error
        if talent.__version__ != version:
            # Its scores could be others, and nobody would see.
            raise RuntimeError(
                f"the executor has talent-py {talent.__version__}, and the driver {version}: install the same on both; "
                f"执行器上的 talent-py 为 {talent.__version__}，驱动程序为 {version}：两处请安装同一版本"
            )
        import pyarrow

        at_hand = talent.reference()
        against = at_hand if at_hand.digest == digest else talent.Standard.from_json(standard)
        for batch in batches:
            # One batch at a time: Spark decides how much is in memory.
            if batch.num_rows:
                named = batch.rename_columns(columns)
                yield from pyarrow.table(talent.assess_frame(named, against, form="wide", **options)).to_batches()

    # By value: cloudpickle refers to functions of importable modules by name, and an executor without the package could not even read that.
    run.__module__ = "__main__"
    return run
