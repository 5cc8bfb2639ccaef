"""Training on the rows of a DataFrame: one process of `som worker` leads, those beside the partitions answer."""

import contextlib
import os
import uuid

from . import shipped
from .maps import Map
from .passes import COUNTS, FOUND, PIECES, counting, forgetting, packing, passing
from .worker import Worker, command_of, frame_of

BATCH = "spark.sql.execution.arrow.maxRecordsPerBatch"
PIECES_A_BATCH = 16


def train(
    df,
    columns=None,
    *,
    som=None,
    backend="auto",
    threads=1,
    partitions=None,
    spool=True,
    resume=None,
    start_from=None,
    checkpoint=None,
    checkpoint_every=1,
    on_epoch=None,
    **options,
):
    """Trains a map on the rows of a DataFrame, in their order, and gives a `Map`.

    columns: the names of the features; by default all columns of numbers.
    som: the command, where it is not `som`.
    backend, threads: those of the workers beside the partitions.
    partitions: in how many parts the rows are trained on; by default as many as the DataFrame has.
    spool: keep the rows on the disks of the executors between epochs.
    resume, start_from: the path of a checkpoint to go on from, or of a map to start from.
    checkpoint: a path for the run so far, written every `checkpoint_every` epochs and removed at the end.
    on_epoch: called after each epoch with its record, a dict.
    options: those of `train` in @som/core, in snake case, such as epochs=20, lattice={"rows": 8, "columns": 10}.
    """
    shipped.by_value()
    if resume is not None and start_from is not None:
        raise ValueError("resume: cannot be combined with start_from; leave one out")
    names = list(columns) if columns is not None else _numbers(df)
    command = command_of(som)
    rows = _Rows(df.select(*[f"`{name.replace('`', '``')}`" for name in names]), names, command, partitions, spool)
    question = {"ask": "train", "columns": names, "options": {_camel(name): value for name, value in options.items()}}
    if checkpoint is not None:
        question["checkpointEvery"] = checkpoint_every
    data = b""
    origin = resume or start_from
    if origin is not None:
        question["given"] = "resume" if resume else "from"
        with open(origin, "rb") as file:
            data = file.read()
    lead = Worker(command, backend)
    try:
        lead.write(frame_of(question, data))
        while True:
            head, data = lead.read_frame()
            if "refused" in head:
                raise ValueError("\n".join(_line(issue) for issue in head["refused"]))
            if "map" in head:
                break
            reply = {}, b""
            if head["need"] == "rows":
                reply = {"rows": rows.pack(head["chunkRows"])}, b""
            elif head["need"] == "pass":
                reply = rows.answer(head["pass"], data, backend, threads)
            else:
                if data:
                    _write_aside(checkpoint, data)
                if on_epoch is not None:
                    on_epoch(head["record"])
            lead.write(frame_of(*reply))
        lead.end()
    except BaseException:
        lead.kill()
        raise
    finally:
        rows.release()
    if checkpoint is not None:
        with contextlib.suppress(FileNotFoundError):
            os.remove(checkpoint)
    return Map(data, command)


class _Rows:
    """The rows of a run, packed into chunks of a fixed number of rows, whatever the partitions are."""

    def __init__(self, df, names, command, partitions, spool):
        self._df = df
        self._names = names
        self._command = command
        self._partitions = partitions
        self._run = f"som-{uuid.uuid4()}" if spool else None
        self._packed = None
        self._is_kept = False

    def pack(self, chunk_rows):
        """Packs the rows, once it is known how many each partition has; gives how many there are."""
        counts = {part: rows for part, rows in self._df.mapInArrow(counting(), COUNTS).collect()}
        starts, total = {}, 0
        for part in sorted(counts):
            starts[part] = total
            total += counts[part]
        chunks = -(-total // chunk_rows)
        parts = max(1, min(self._partitions or len(counts), chunks))
        pieces = self._df.mapInArrow(packing(self._command, self._names, chunk_rows, starts), PIECES)
        self._packed = _in_order(pieces, parts, chunks).persist()
        return total

    def answer(self, question, data, backend, threads):
        """What workers answer to a question, as a frame for the one who leads."""
        run = passing(self._command, backend, threads, question, data, self._run)
        if self._run is None or not self._is_kept:
            found = self._collect(self._packed, run)
            self._is_kept = True
        else:
            # Chunks go by their numbers where an executor has them on its disk.
            found = self._collect(self._packed.select("chunk"), run)
            missing = [row["index"] for row in found if row["name"] == "missing"]
            if missing:
                found = [row for row in found if row["name"] != "missing"]
                found += self._collect(self._packed.where(self._packed["chunk"].isin(missing)), run)
        nodes = [{"name": f["name"], "level": f["level"], "index": f["index"], "bytes": len(f["data"])} for f in found]
        return {"found": nodes}, b"".join(bytes(f["data"]) for f in found)

    def _collect(self, pieces, run):
        session = self._df.sparkSession
        before = session.conf.get(BATCH)
        session.conf.set(BATCH, PIECES_A_BATCH)
        try:
            return pieces.mapInArrow(run, FOUND).collect()
        finally:
            session.conf.set(BATCH, before)

    def release(self):
        if self._packed is None:
            return
        if self._run is not None:
            with contextlib.suppress(Exception):
                self._packed.select("chunk").mapInArrow(forgetting(self._run), "part int").collect()
        self._packed.unpersist()


def _in_order(pieces, parts, chunks):
    """Pieces in partitions that each have a range of chunks, in order: what a worker merges it need not send."""
    from pyspark.sql import functions as f

    if hasattr(pieces, "repartitionById"):
        part = f.floor(f.col("chunk") * parts / max(1, chunks)).cast("int")
        spread = pieces.repartitionById(parts, part)
    else:
        spread = pieces.repartitionByRange(parts, "chunk")
    return spread.sortWithinPartitions("chunk", "first")


def _numbers(df):
    from pyspark.sql.types import BooleanType, NumericType

    names = [field.name for field in df.schema.fields if isinstance(field.dataType, (BooleanType, NumericType))]
    if not names:
        raise ValueError("columns: expected a column of numbers, found none")
    return names


def _camel(name):
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)


def _line(issue):
    return f"{issue['path']}: {issue['message']}" if issue["path"] else issue["message"]


def _write_aside(path, data):
    aside = f"{path}.part"
    with open(aside, "wb") as file:
        file.write(data)
    os.replace(aside, path)
