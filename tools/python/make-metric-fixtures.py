"""Writes what SciPy's cdist finds of small tables by each metric, for the agreement tests of @som/core.

    python make-metric-fixtures.py OUT.json

For each metric: rows, a codebook of 3 x 4 units, the distances of all rows to all units, and the codebook after a batch
epoch of radius 1.5 on a rectangular sheet, its rows matched by those distances.
"""

import json
import sys

import numpy as np
import scipy
from scipy.spatial.distance import cdist

ROWS, COLUMNS, FEATURES, HEIGHT, RADIUS = 24, 4, 6, 3, 1.5
OF_NUMBERS = {"euclidean": "euclidean", "manhattan": "cityblock", "chebyshev": "chebyshev", "cosine": "cosine", "correlation": "correlation"}
# kohonen's tanimoto is the share of bits that differ.
OF_BITS = {"hamming": "hamming", "jaccard": "jaccard", "tanimoto": "hamming"}


def epoch(rows, units):
    place = np.array([(unit // COLUMNS, unit % COLUMNS) for unit in range(HEIGHT * COLUMNS)], dtype=float)
    influence = np.exp(-cdist(place, place, "sqeuclidean") / (2 * RADIUS**2))[:, units]
    return influence @ rows / influence.sum(axis=1, keepdims=True)


def case(metric, name, rows, codebook):
    is_bits = metric in OF_BITS
    pair = (rows > 0.5, codebook > 0.5) if is_bits else (rows, codebook)
    distances = cdist(*pair, name)
    return {
        "metric": metric,
        "rows": rows.ravel().tolist(),
        "codebook": codebook.ravel().tolist(),
        "distances": np.round(distances, 12).ravel().tolist(),
        "epoch": np.round(epoch(rows, distances.argmin(axis=1)), 12).ravel().tolist(),
    }


draw = np.random.default_rng(20261130)
numbers = [draw.normal(size=(count, FEATURES)).round(3).astype(np.float32).astype(float) for count in (ROWS, HEIGHT * COLUMNS)]
bits = [(draw.random((count, FEATURES)) < 0.5).astype(float) for count in (ROWS, HEIGHT * COLUMNS)]
cases = [case(metric, name, *numbers) for metric, name in OF_NUMBERS.items()] + [case(metric, name, *bits) for metric, name in OF_BITS.items()]
with open(sys.argv[1], "w") as out:
    json.dump({"scipy": scipy.__version__, "features": FEATURES, "lattice": {"rows": HEIGHT, "columns": COLUMNS}, "radius": RADIUS, "cases": cases}, out)
    out.write("\n")
