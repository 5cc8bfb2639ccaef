"""Writes what scikit-learn's HDBSCAN finds of codebooks whose units are repeated as often as rows hit them, for the
agreement test of @som/core.

python make-hdbscan-fixtures.py packages/core/fixtures/hdbscan.json  (with tools/python/oracles.lock)

Units whose cluster depends on the order of rows in scikit-learn have the label -2.
"""

import json
import sys

import numpy as np
from repeated_units import labels_of

def case(rng, centres, columns, units, noise, least):
    middle = rng.normal(0, 8, (centres, columns))
    spread = rng.uniform(0.4, 1.6, centres)
    of = rng.integers(0, centres, units)
    points = middle[of] + rng.normal(0, 1, (units, columns)) * spread[of, None]
    points[:noise] = rng.uniform(-20, 20, (noise, columns))
    points = points.astype(np.float32)
    hits = rng.integers(1, 9, units)
    hits[:noise] = 1
    labels = labels_of(rng, points.astype(np.float64), hits, least)
    return {
        "columns": columns,
        "codebook": [float(x) for x in points.ravel()],
        "hits": hits.tolist(),
        "least": least,
        "labels": labels.tolist(),
    }


rng = np.random.default_rng(7)
cases = [
    case(rng, 3, 2, 120, 12, 12),
    case(rng, 5, 4, 200, 20, 20),
    case(rng, 8, 10, 250, 25, 15),
    case(rng, 1, 2, 100, 0, 20),
    case(rng, 4, 3, 150, 60, 10),
]
with open(sys.argv[1], "w") as file:
    json.dump({"cases": cases}, file)
    file.write("\n")
print([dict(zip(*np.unique(one["labels"], return_counts=True))) for one in cases])
