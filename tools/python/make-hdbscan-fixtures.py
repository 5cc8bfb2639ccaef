"""Writes what scikit-learn's HDBSCAN finds of codebooks whose units are repeated as often as rows hit them, for the
agreement test of @som/core.

python make-hdbscan-fixtures.py packages/core/fixtures/hdbscan.json  (with tools/python/oracles.lock)

A unit through which two clusters touch is joined to both at the same distance. Which one has it depends on the order of
rows in scikit-learn: such units, whose copies or orders differ, have the label -2.
"""

import json
import sys

import numpy as np
from sklearn.cluster import HDBSCAN

ORDERS = 20


def labels_of(rng, points, hits, least):
    units = np.repeat(np.arange(len(hits)), hits)
    first = None
    undecided = np.zeros(len(hits), dtype=bool)
    for _ in range(ORDERS):
        order = rng.permutation(len(units))
        found = HDBSCAN(min_cluster_size=least, min_samples=least, algorithm="kd_tree", copy=True).fit_predict(
            points[units[order]]
        )
        of = np.full(len(hits), -2)
        for unit in range(len(hits)):
            copies = set(found[units[order] == unit])
            of[unit] = copies.pop() if len(copies) == 1 else -2
        undecided |= of == -2
        if first is None:
            first = of
            continue
        for label in set(of) - {-2, -1}:
            names, counts = np.unique(first[of == label], return_counts=True)
            of[of == label] = 1000 + names[counts.argmax()]
        of[of >= 0] -= 1000
        undecided |= of != first
    return np.where(undecided, -2, first)


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
