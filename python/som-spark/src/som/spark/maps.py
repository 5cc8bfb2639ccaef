"""A trained map, and what it says about the rows of a DataFrame."""

from . import shipped
from .passes import beside, scoring
from .worker import Worker, answers_of, command_of, frame_of


def load(path, som=None):
    """Reads a map file, wherever it was trained."""
    with open(path, "rb") as file:
        return Map(file.read(), som)


class Map:
    """A map: the bytes of its file, which are the same as those of `som train`."""

    def __init__(self, data, som=None):
        self.data = bytes(data)
        self._command = command_of(som)

    def save(self, path):
        """Writes the map file."""
        with open(path, "wb") as file:
            file.write(self.data)

    def match(self, df, prefix="", backend="auto", threads=1):
        """The rows of a DataFrame with their units, distances, clusters and p-values, as `som match` has them."""
        return self._scored(df, "match", prefix, backend, threads)

    def predict(self, df, prefix="", backend="auto", threads=1):
        """The rows of a DataFrame with what the map predicts of them, as `som predict` has it."""
        return self._scored(df, "predict", prefix, backend, threads)

    def place(self, df, prefix="", backend="auto", threads=1):
        """The rows of a DataFrame with their places in a plane, as `som embed` has them."""
        return self._scored(df, "place", prefix, backend, threads)

    def _scored(self, df, ask, prefix, backend, threads):
        from pyspark.sql.pandas.types import from_arrow_schema

        shipped.by_value()
        answer = self._answer_of_none(df, ask, prefix)
        taken = [name for name in answer.names[len(df.columns) :] if name in df.columns]
        if taken:
            raise ValueError(f"{', '.join(taken)}: the rows have a column of this name; choose a prefix")
        run = scoring(self._command, backend, threads, ask, self.data, prefix)
        return df.mapInArrow(run, from_arrow_schema(answer))

    def _answer_of_none(self, df, ask, prefix):
        """The columns of an answer, asked of a worker here: a map or rows that it refuses are refused at once."""
        import pyarrow as pa
        from pyspark.sql.pandas.types import to_arrow_schema

        schema = to_arrow_schema(df.schema)
        none = pa.RecordBatch.from_arrays([pa.array([], field.type) for field in schema], schema=schema)
        worker = Worker(self._command, "js")
        wait = worker.feed(frame_of({"ask": ask}, self.data), iter([none]))
        return [beside(none, answer, prefix) for answer in answers_of(worker, wait)][0].schema
