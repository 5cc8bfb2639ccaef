"""What runs beside the partitions: each function is given to `mapInArrow`, and needs this package there no more than
Spark's own way of sending functions does."""

import itertools
import os
import queue

from .worker import Worker, answers_of, frame_of

PIECES = "chunk long, first long, rows int, data binary"
FOUND = "name string, level int, index long, data binary"
COUNTS = "part int, rows long"


def _partition():
    from pyspark import TaskContext

    return TaskContext.get().partitionId()


def counting():
    """How many rows each partition has."""

    def run(batches):
        import pyarrow as pa

        rows = sum(batch.num_rows for batch in batches)
        yield pa.RecordBatch.from_arrays(
            [pa.array([_partition()], pa.int32()), pa.array([rows], pa.int64())], names=["part", "rows"]
        )

    return run


def answering(command, backend, threads, head_of, data):
    """Asks a worker beside each partition that has rows; `head_of` makes the question where the partition is."""

    def run(batches):
        first = next(batches, None)
        if first is None:
            return
        worker = Worker(command, backend, threads)
        wait = worker.feed(frame_of(head_of(), data), itertools.chain([first], batches))
        yield from answers_of(worker, wait)

    return run


def packing(command, columns, chunk_rows, starts):
    """Rows as pieces of chunks. `starts` has the number of the first row of each partition."""
    return answering(
        command,
        "js",
        None,
        lambda: {"ask": "pack", "columns": columns, "chunkRows": chunk_rows, "start": starts[_partition()]},
        b"",
    )


def passing(command, backend, threads, question, data, spool):
    """A pass over chunks, which are kept in a folder of this machine where `spool` is the name of a run."""

    def head_of():
        return {**question, "spool": folder_of(spool)} if spool else question

    return answering(command, backend, threads, head_of, data)


def folder_of(run):
    """The folder of a run's chunks, on this machine: where Spark keeps files until the application ends."""
    from pyspark import SparkFiles

    return os.path.join(SparkFiles.getRootDirectory(), run)


def forgetting(run):
    """Removes the chunks of a run from this machine."""

    def task(batches):
        import shutil

        for _ in batches:
            pass
        shutil.rmtree(folder_of(run), ignore_errors=True)
        yield from ()

    return task


def scoring(command, backend, threads, ask, data, prefix):
    """The columns of each row, and beside them what a map says about it."""

    def run(batches):
        first = next(batches, None)
        if first is None:
            return
        worker = Worker(command, backend, threads)
        given = queue.Queue()
        wait = worker.feed(frame_of({"ask": ask}, data), itertools.chain([first], batches), given.put)
        for answer in answers_of(worker, wait):
            yield beside(given.get(), answer, prefix)

    return run


def beside(batch, answer, prefix):
    """The columns of a batch and those of its answer."""
    import pyarrow as pa

    arrays, names = list(batch.columns), list(batch.schema.names)
    for name, column in zip(answer.schema.names, answer.columns):
        arrays.append(column.dictionary_decode() if pa.types.is_dictionary(column.type) else column)
        names.append(prefix + name)
    return pa.RecordBatch.from_arrays(arrays, names=names)
