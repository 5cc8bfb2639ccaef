"""Clusters that scikit-learn's HDBSCAN finds of units, each repeated as often as rows hit it.

A unit through which two clusters touch is joined to both at the same distance. Which one has it depends on the order of
rows in scikit-learn: such units, whose copies or orders differ, have the label -2.
"""

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
