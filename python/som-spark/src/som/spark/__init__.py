"""Self-organising maps of Spark DataFrames.

`train` makes a map of the rows of a DataFrame, `load` reads one that was made elsewhere, and `Map.match` says for each
row of a DataFrame where it lies. All arithmetic is done by the `som` command, one process beside each partition.
"""

from .maps import Map, load
from .training import train
from .worker import WorkerError

__all__ = ["Map", "WorkerError", "load", "train"]
