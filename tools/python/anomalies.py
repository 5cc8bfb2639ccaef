"""Labelled sets with anomalies from installed packages, and what other detectors make of them.

    python anomalies.py sets FOLDER     writes NAME.train.csv (normal rows) and NAME.test.csv (with `is_anomaly`) of each set
    python anomalies.py judge FOLDER    reads NAME.scores.csv (score and alarm of each test row), NAME.json (held-out rows, alpha) and
                                        NAME.{train,test}.features.csv; prints JSON: average precision and ROC AUC of ours and of the peers, and
                                        our false alarms with the interval that holds 95 % of such counts where the stated rate is true

Half of the normal rows, drawn with a fixed seed, are for training; the others and anomalies, a fifth of all at most, are the test. Series
keep their order.
"""

import csv
import gzip
import io
import json
import sys
import zipfile
from importlib.util import find_spec
from pathlib import Path

import numpy as np

SEED = 7
MOST_TRAIN, MOST_TEST = 10_000, 20_000


def package(name):
    return Path(find_spec(name).submodule_search_locations[0])


def table(text):
    header, *rows = list(csv.reader(io.StringIO(text)))
    return header, rows


def from_river(name):
    path = package("river") / "datasets" / name
    if name.endswith(".zip"):
        with zipfile.ZipFile(path) as archive:
            return table(archive.read(archive.namelist()[0]).decode())
    return table(gzip.decompress(path.read_bytes()).decode())


def labelled():
    """Name, features of normal rows, features of anomalies."""
    from sklearn.datasets import load_breast_cancer, load_digits

    x, y = load_breast_cancer(return_X_y=True)
    yield "breast cancer, malignant", x[y == 1], x[y == 0]
    x, y = load_digits(return_X_y=True)
    for digit in range(10):
        yield f"digits, not {digit}", x[y == digit], x[y != digit]
    header, rows = from_river("segment.csv.zip")
    label = [row[header.index("category")] for row in rows]
    x = np.array([[float(cell) for name, cell in zip(header, row) if name != "category"] for row in rows])
    for kind in sorted(set(label)):
        mine = np.array([found == kind for found in label])
        yield f"segment, not {kind}", x[mine], x[~mine]
    header, rows = from_river("shuttle.csv.gz")
    x = np.array([[float(cell) for cell in row] for row in rows])
    yield "shuttle", x[x[:, -1] == 0][:, :-1], x[x[:, -1] == 1][:, :-1]
    header, rows = from_river("phishing.csv.gz")
    x = np.array([[float(cell) for cell in row] for row in rows])
    yield "phishing", x[x[:, -1] == 0][:, :-1], x[x[:, -1] == 1][:, :-1]


def series():
    """Name, columns, readings for training (normal), readings for the test, and whether each of these is an anomaly."""
    data = package("aeon") / "datasets" / "data"
    folder = data / "KDD-TSAD_135"
    parts = [table((folder / f"135_UCR_Anomaly_InternalBleeding16_{part}.csv").read_text())[1] for part in ("TRAIN", "TEST")]
    train, test = [np.array([[float(row[1])] for row in rows]) for rows in parts]
    # The test file begins with the readings of training.
    labels = np.array([int(row[2]) for row in parts[1]])
    yield "KDD-TSAD 135", ["value"], train, test[len(train):], labels[len(train):]


def write(path, header, rows):
    with open(path, "w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        writer.writerows(rows)


def sets(folder):
    names = []
    for name, normal, anomalies in labelled():
        random = np.random.default_rng(SEED)
        normal = normal[random.permutation(len(normal))]
        train, rest = normal[: len(normal) // 2][:MOST_TRAIN], normal[len(normal) // 2 :]
        # Anomalies are rare: a detector that looks at the test rows together, as ECOD does, would take a majority of them for normal.
        anomalies = anomalies[random.permutation(len(anomalies))][: len(rest) // 4]
        test = np.vstack([rest, anomalies])
        labels = np.array([0] * len(rest) + [1] * len(anomalies))
        chosen = random.permutation(len(test))[:MOST_TEST]
        keep(folder, name, [f"x{f}" for f in range(normal.shape[1])], train, test[chosen], labels[chosen])
        names.append({"name": name, "series": False})
    for name, columns, train, test, labels in series():
        keep(folder, name, columns, train, test, labels)
        names.append({"name": name, "series": True})
    print(json.dumps(names))


def keep(folder, name, columns, train, test, labels):
    write(folder / f"{name}.train.csv", columns, train.tolist())
    write(folder / f"{name}.test.csv", [*columns, "is_anomaly"], [[*row, label] for row, label in zip(test.tolist(), labels.tolist())])


def numbers(path):
    return np.loadtxt(path, delimiter=",", skiprows=1, ndmin=2)


def figures(labels, scores):
    from sklearn.metrics import average_precision_score, roc_auc_score

    return {"ap": average_precision_score(labels, scores), "auc": roc_auc_score(labels, scores)}


def names_in(folder):
    return sorted(path.name.removesuffix(".test.csv") for path in folder.glob("*.test.csv"))


def false_alarms(scores, labels, about):
    """Alarms among normal rows. Their rate is itself drawn with the held-out rows: a beta distribution, so that counts are beta-binomial."""
    from scipy.stats import betabinom

    normal = int(np.sum(labels == 0))
    held_out, alpha = about["heldOut"], about["alpha"]
    if held_out == 0:
        return {"normal": normal, "found": 0, "expected": 0, "low": 0, "high": 0, **about}
    least = int(np.floor(alpha * (held_out + 1)))
    counts = betabinom(normal, least, held_out + 1 - least)
    low, high = counts.ppf(0.025), counts.ppf(0.975)
    found = int(np.sum(scores[labels == 0, 1]))
    return {"normal": normal, "found": found, "expected": counts.mean(), "low": low, "high": high, **about}


def judge(folder):
    from pyod.models.ecod import ECOD
    from pyod.models.hbos import HBOS
    from sklearn.ensemble import IsolationForest
    from sklearn.neighbors import LocalOutlierFactor
    from sklearn.preprocessing import StandardScaler

    found = {}
    for name in names_in(folder):
        labels = numbers(folder / f"{name}.test.csv")[:, -1]
        scores = np.loadtxt(folder / f"{name}.scores.csv", delimiter=",")
        train, test = [numbers(folder / f"{name}.{part}.features.csv") for part in ("train", "test")]
        scaler = StandardScaler().fit(train)
        train, test = scaler.transform(train), scaler.transform(test)
        forests = [-IsolationForest(random_state=seed).fit(train).score_samples(test) for seed in range(5)]
        of_forests = [figures(labels, scores) for scores in forests]
        found[name] = {
            "falseAlarms": false_alarms(scores, labels, json.loads((folder / f"{name}.json").read_text())),
            "figures": {
                "som watch": figures(labels, scores[:, 0]),
                "isolation forest": {key: float(np.mean([figure[key] for figure in of_forests])) for key in ("ap", "auc")},
                "local outlier factor": figures(labels, -LocalOutlierFactor(novelty=True).fit(train).score_samples(test)),
                "HBOS": figures(labels, HBOS().fit(train).decision_function(test)),
                "ECOD": figures(labels, ECOD().fit(train).decision_function(test)),
            },
        }
    print(json.dumps(found))


if __name__ == "__main__":
    {"sets": sets, "judge": judge}[sys.argv[1]](Path(sys.argv[2]))
