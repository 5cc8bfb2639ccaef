"""Trustworthiness of scikit-learn for rows with missing values, by distances that NumPy works out here.

    python rank-measures.py CASE.json

CASE.json holds { rows, map, nearest }: numbers or null, and two coordinates a row. Prints a JSON object by metric.
"""

import json
import sys

import numpy as np
from sklearn.manifold import trustworthiness


def between(rows, metric):
    """Distances of pairs over the features that both rows have."""
    apart = np.zeros((len(rows), len(rows)))
    for i, x in enumerate(rows):
        for j, y in enumerate(rows):
            both = ~(np.isnan(x) | np.isnan(y))
            a, b = x[both], y[both]
            if metric == "cosine":
                apart[i, j] = 1 - a @ b / (np.linalg.norm(a) * np.linalg.norm(b))
            else:
                apart[i, j] = np.linalg.norm(a - b)
    np.fill_diagonal(apart, 0)
    return np.maximum(apart, 0)


def main(path):
    with open(path, encoding="utf-8") as file:
        case = json.load(file)
    rows = np.array(case["rows"], dtype=float)
    shown = np.array(case["map"], dtype=float)
    print(json.dumps({
        metric: float(trustworthiness(between(rows, metric), shown, n_neighbors=case["nearest"], metric="precomputed"))
        for metric in ("euclidean", "cosine")
    }))


main(sys.argv[1])
