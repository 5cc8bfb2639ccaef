"""Compares clusters of a codebook with those that scikit-learn's HDBSCAN finds of its units, each repeated as often as
rows hit it: the adjusted Rand index over rows, noise as a group of its own, without units whose cluster depends on the
order of rows in scikit-learn.

python hdbscan-codebook.py codebook.json  (with tools/python/oracles.lock)
"""

import json
import sys

import numpy as np
from repeated_units import labels_of
from sklearn.metrics import adjusted_rand_score

with open(sys.argv[1]) as file:
    case = json.load(file)
points = np.array(case["codebook"], dtype=np.float32).astype(np.float64).reshape(-1, case["columns"])
hits = np.array(case["hits"], dtype=int)
labels = labels_of(np.random.default_rng(1), points, hits, case["least"])
units = np.repeat(np.arange(len(hits)), hits)
decided = labels[units] > -2
rand = adjusted_rand_score(labels[units][decided], np.array(case["ours"])[units][decided])
print(json.dumps({"rand": rand, "groups": int(labels.max()) + 1, "decided": float(decided.mean())}))
