"""Writes what SOMperf, dbgsom, SciPy and scikit-learn find of small maps and clusterings, for the agreement tests of @som/core.

    python make-quality-fixtures.py OUT.json MINISOM.json SOMPERF

MINISOM.json is the fixture of make-fixtures.py, whose samples and codebooks are measured here. SOMPERF is a checkout of the
SOMperf repository (MIT), which no package index has. dbgsom 1.1.1 must be installed beside the packages of oracles.lock.
"""

import importlib.metadata
import json
import sys

import numpy as np
from dbgsom.BaseSom import BaseSom
from scipy.stats import entropy
from sklearn import metrics
from sklearn.cluster import AgglomerativeClustering
from sklearn.manifold import trustworthiness

SEED = 20261124


def numbers(values):
    return np.asarray(values, dtype=np.float32).astype(np.float64)


def positions(lattice):
    row, column = np.divmod(np.arange(lattice["rows"] * lattice["columns"]), lattice["columns"])
    if lattice["cell"] == "hexagonal":
        return np.stack([row * np.sqrt(0.75), column + (row & 1) / 2], axis=1)
    return np.stack([row, column], axis=1).astype(np.float64)


def between(places):
    return np.sqrt(((places[:, None] - places[None]) ** 2).sum(2))


def measured(case, samples, somperf):
    lattice = case["lattice"]
    x = numbers(samples["data"]).reshape(samples["rows"], samples["columns"])
    som = numbers(case["codebook"]).reshape(-1, samples["columns"])
    apart = between(positions(lattice))
    reach = {4: 1.01, 6: 1.01, 8: 1.5}
    found = {"name": case["name"], "samples": case["samples"], "lattice": lattice, "codebook": case["codebook"]}
    for neighbours in (6,) if lattice["cell"] == "hexagonal" else (4, 8):
        # SOMperf knows neighbours by a distance of 1.
        steps = np.where(apart < 0.5, 0, np.where(apart <= reach[neighbours], 1, 2))
        found[f"combinedError {neighbours}"] = float(somperf.combined_error(lambda k, l: steps[k, l], som, x))
        found[f"topographicError {neighbours}"] = float(somperf.topographic_error(lambda k, l: steps[k, l], som, x))
    for radius in (0.7, 2.0):
        influence = lambda d: np.exp(-(d**2) / (2 * radius**2))
        found[f"distortion {radius}"] = float(somperf.distortion(lambda k, l: apart[k, l], influence, som, x))
    # Equal lattice distances, in the order of the prototypes' distances.
    order = between(som).argsort(1).argsort(1)
    found["topographicProduct"] = float(
        somperf.topographic_product(lambda k, l: apart[k, l] * (1 + 1e-11 * order[k, l]), som)
    )
    nearest = ((x[:, None] - som[None]) ** 2).sum(2).min(1)
    found["explainedVariance"] = float(metrics.r2_score(
        x, som[((x[:, None] - som[None]) ** 2).sum(2).argmin(1)], multioutput="variance_weighted"))
    found["meanSquaredQuantizationError"] = float(nearest.mean())
    hits = np.bincount(((x[:, None] - som[None]) ** 2).sum(2).argmin(1), minlength=len(som))
    found["hitEntropy"] = float(entropy(hits, base=len(som)))
    if lattice["cell"] == "rectangular":
        found["topographicFunction"] = folds(som, x, positions(lattice))
    return found


class Units(BaseSom):
    """dbgsom's topographic function of prototypes that are given, which it takes from a fitted map."""

    def __init__(self, prototypes, places):
        self.weights_, self.neurons_ = prototypes, places
        self.som_ = self

    def number_of_nodes(self):
        return len(self.weights_)


def folds(prototypes, samples, places):
    """Phi at -k … k, a unit: dbgsom counts pairs."""
    units = Units(prototypes, places)
    units._delaunay_maxtrix = units._calculate_delaunay_triangulation(samples)
    units.euclid_dist_matrix = between(places)
    units.max_dist_matrix = np.abs(places[:, None] - places[None]).max(2)
    most = int(units.max_dist_matrix.max())
    return [int(units._phi(k)) / len(prototypes) for k in range(-most, most + 1)]


def ranked(samples, random):
    x = numbers(samples["data"]).reshape(samples["rows"], samples["columns"])
    y = numbers(np.round(x @ random.normal(size=(x.shape[1], 2)) + 0.3 * random.normal(size=(len(x), 2)), 4))
    return [
        {
            "data": x.ravel().tolist(), "columns": x.shape[1], "map": y.ravel().tolist(), "nearest": nearest,
            "trustworthiness": float(trustworthiness(x, y, n_neighbors=nearest)),
            "continuity": float(trustworthiness(y, x, n_neighbors=nearest)),
        }
        for nearest in (3, 10)
    ]


def agreement(random):
    cases = []
    for groups, labels, n in ((4, 3, 60), (12, 3, 200), (2, 9, 90)):
        group, label = random.integers(0, groups, n), random.integers(0, labels, n)
        label[: n // 2] = group[: n // 2] % labels
        table = metrics.cluster.contingency_matrix(label, group)
        cases.append({
            "groups": group.tolist(), "labels": [f"label {i}" for i in label],
            "purity": float(table.max(0).sum() / n),
            "normalisedMutualInformation": float(metrics.normalized_mutual_info_score(label, group)),
            "adjustedRand": float(metrics.adjusted_rand_score(label, group)),
        })
    return cases


def clustered(case, samples):
    lattice = case["lattice"]
    som = numbers(case["codebook"]).reshape(-1, samples["columns"])
    adjacent = (between(positions(lattice)) < 1.01).astype(int)
    cases = []
    for contiguous in (False, True):
        for count in (2, 5):
            ward = AgglomerativeClustering(count, linkage="ward", connectivity=adjacent if contiguous else None)
            average = AgglomerativeClustering(count, linkage="average")
            labels = ward.fit_predict(som)
            cases.append({
                "lattice": lattice, "codebook": case["codebook"], "columns": samples["columns"],
                "contiguous": contiguous, "count": count, "ward": labels.tolist(), "average": average.fit_predict(som).tolist(),
                "daviesBouldin": float(metrics.davies_bouldin_score(som, labels)),
                "silhouette": float(metrics.silhouette_score(som, labels)),
                "calinskiHarabasz": float(metrics.calinski_harabasz_score(som, labels)),
            })
    return cases


def main(output, minisom, checkout):
    sys.path.insert(0, checkout)
    from somperf.metrics import internal as somperf
    with open(minisom, encoding="utf-8") as file:
        document = json.load(file)
    random = np.random.default_rng(SEED)
    cases = document["matching"]
    result = {
        "source": {"scikit-learn": importlib.metadata.version("scikit-learn"), "numpy": np.__version__},
        "measures": [measured(case, document["samples"][case["samples"]], somperf) for case in cases],
        "ranks": [found for name in ("5 clusters",) for found in ranked(document["samples"][name], random)],
        "agreement": agreement(random),
        "clusters": [found for case in cases[:3] for found in clustered(case, document["samples"][case["samples"]])],
    }
    with open(output, "w", encoding="utf-8") as file:
        body = ",\n".join(
            f'  {json.dumps(key)}: ' + (json.dumps(value) if isinstance(value, dict) else
            "[\n    " + ",\n    ".join(json.dumps(item, separators=(",", ":")) for item in value) + "\n  ]")
            for key, value in result.items()
        )
        file.write("{\n" + body + "\n}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
