"""Labelled sets from installed packages, and what k-means and Ward of scikit-learn make of them.

    python segments.py sets FOLDER     writes NAME.csv of each set, its classes in the last column `class`; prints JSON: name, rows, columns, classes
    python segments.py judge FOLDER    reads NAME.json (the segments of each row that we found at each seed, `asked` with the number of classes and
                                       `chosen` without, and our stability); prints JSON: adjusted Rand and stability of ours and of the peers

The peers get as many clusters as there are classes, numbers standardised (medians where one is missing) and categories one-hot (the commonest level where one is missing). k-means
is the mean of five seeds with ten starts each. Stability is Hennig's: fifty draws of the rows with replacement, the mean Jaccard likeness of each cluster to the one most
like it among the rows drawn, and of these the mean over rows.
"""

import csv
import json
import sys
from importlib.util import find_spec
from pathlib import Path

import numpy as np

DRAWS = 50
SEEDS = range(5)


def package(name):
    return Path(find_spec(name).submodule_search_locations[0])


def from_sklearn(load):
    found = load()
    names = [str(name) for name in found.feature_names]
    return names, [[*map(repr, row.tolist()), str(found.target_names[y])] for row, y in zip(found.data, found.target)]


def from_orange(name, label, skip=()):
    """A .tab file: names, kinds, roles, then rows. `?` and nothing are missing."""
    with open(package("Orange") / "datasets" / f"{name}.tab", newline="") as file:
        names, _, _, *rows = list(csv.reader(file, delimiter="\t"))
    kept = [i for i, column in enumerate(names) if column != label and column not in skip]
    at = names.index(label)
    return [names[i] for i in kept], [["" if row[i] == "?" else row[i] for i in kept] + [row[at]] for row in rows]


def sets():
    from sklearn.datasets import load_breast_cancer, load_iris, load_wine

    yield "iris", *from_sklearn(load_iris)
    yield "wine", *from_sklearn(load_wine)
    yield "breast cancer", *from_sklearn(load_breast_cancer)
    root = Path(__file__).parents[2]
    with open(root / "examples" / "penguins" / "penguins.csv", newline="") as file:
        header, *rows = list(csv.reader(file))
    yield "penguins", header[1:], [[*row[1:], row[0]] for row in rows]
    with open(package("vega_datasets") / "_data" / "cars.json") as file:
        cars = json.load(file)
    # The name of a car is no feature, and its year is a date of which only the year varies.
    names = [name for name in cars[0] if name not in ("Name", "Origin", "Year")]
    rows = [["" if car[name] is None else str(car[name]) for name in names] + [car["Year"][:4], car["Origin"]] for car in cars]
    yield "cars", [*names, "Year"], rows
    yield "heart disease", *from_orange("heart_disease", "diameter narrowing")
    yield "zoo", *from_orange("zoo", "type", skip=("name",))
    yield "titanic", *from_orange("titanic", "survived")


def write_sets(folder):
    about = []
    for name, columns, rows in sets():
        with open(folder / f"{name}.csv", "w", newline="") as file:
            csv.writer(file).writerows([[*columns, "class"], *rows])
        about.append({"name": name, "rows": len(rows), "columns": len(columns), "classes": len({row[-1] for row in rows})})
    print(json.dumps(about))


def prepared(path):
    """The features as the peers take them, and the classes. A column is a category where a cell of it is no number, or where it has but two values."""
    from sklearn.preprocessing import OneHotEncoder, StandardScaler

    with open(path, newline="") as file:
        _, *rows = list(csv.reader(file))
    parts = []
    for cells in list(zip(*rows))[:-1]:
        known = [cell for cell in cells if cell not in ("", "NA", "nan")]
        numbers = as_numbers(known)
        if numbers is not None and len(set(known)) > 2:
            middle = repr(float(np.median(numbers)))
            column = np.array([float(cell if cell not in ("", "NA", "nan") else middle) for cell in cells])
            parts.append(StandardScaler().fit_transform(column[:, None]))
        else:
            commonest = max(sorted(set(known)), key=known.count)
            column = [[cell if cell not in ("", "NA", "nan") else commonest] for cell in cells]
            parts.append(OneHotEncoder(sparse_output=False).fit_transform(column))
    return np.hstack(parts), np.array([row[-1] for row in rows])


def as_numbers(cells):
    try:
        return [float(cell) for cell in cells]
    except ValueError:
        return None


def k_means(x, count, seed):
    from sklearn.cluster import KMeans

    return KMeans(count, n_init=10, random_state=seed).fit_predict(x)


def ward(x, count, seed):
    from sklearn.cluster import AgglomerativeClustering

    return AgglomerativeClustering(count, linkage="ward").fit_predict(x)


def stability(method, x, groups, count):
    """Mean over rows of how well their clusters are found again."""
    random = np.random.default_rng(0)
    likeness = [[] for _ in range(count)]
    for draw in range(DRAWS):
        rows = random.integers(0, len(x), len(x))
        found = method(x[rows], count, draw)
        # Rows that are drawn twice are the same point: its first place counts.
        distinct, first = np.unique(rows, return_index=True)
        old, new = groups[distinct], found[first]
        for group in range(count):
            mine = old == group
            if mine.any():
                likeness[group].append(max(np.sum(mine & (new == k)) / np.sum(mine | (new == k)) for k in range(count)))
    sizes = np.bincount(groups, minlength=count)
    means = np.array([np.mean(found) if found else 0 for found in likeness])
    return float(np.sum(sizes * means) / np.sum(sizes))


def judge(folder):
    from sklearn.metrics import adjusted_rand_score

    found = {}
    for path in sorted(folder.glob("*.csv")):
        x, classes = prepared(path)
        count = len(set(classes))
        ours = json.loads(path.with_suffix(".json").read_text())

        def rand(groups):
            return float(np.mean([adjusted_rand_score(classes, one) for one in groups]))

        means = [k_means(x, count, seed) for seed in SEEDS]
        tree = ward(x, count, 0)
        found[path.stem] = {
            "chosen": {"count": ours["count"], "rand": rand(ours["chosen"])},
            "som segment": {"rand": rand(ours["asked"]), "stability": ours["stability"]},
            "k-means": {"rand": rand(means), "stability": stability(k_means, x, means[0], count)},
            "Ward": {"rand": rand([tree]), "stability": stability(ward, x, tree, count)},
        }
    print(json.dumps(found))


if __name__ == "__main__":
    {"sets": write_sets, "judge": judge}[sys.argv[1]](Path(sys.argv[2]))
