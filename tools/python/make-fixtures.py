"""Writes what the published MiniSom package finds on small maps, for the agreement tests of @som/core.

    python make-fixtures.py OUT.json              draws samples, codebooks and parameters anew
    python make-fixtures.py OUT.json INPUT.json   takes them from a fixture file, and finds the expected numbers again

MiniSom keeps its prototypes as weights[x, y]; here x is the column and y the row, so that unit = row * columns + column.
On a hexagonal lattice it shifts every second row half a column to the left, counted from the last row: with an odd number of
rows those are the even rows, which is the same lattice as odd rows shifted to the right. With an even number of rows it is
the mirror image, while its distance map still takes the even rows for the shifted ones; such maps are mirrored here, and
have no distance map.
"""

import json
import sys
from importlib.metadata import version

import minisom
import numpy as np
import sklearn
import sklearn.datasets

SEED = 20261124


def f32(values):
    """The nearest 32-bit numbers, held in 64 bits: what both sides are given."""
    return np.asarray(values, dtype=np.float32).astype(np.float64)


def plain(values):
    """Numbers in the shortest decimal form that gives the same 32-bit number back."""
    return [float(str(np.float32(value))) for value in np.ravel(values)]


def datasets():
    random = np.random.default_rng(SEED)
    wine = sklearn.datasets.load_wine().data
    centres = random.uniform(-5, 5, (5, 6))
    return {
        "iris": f32(sklearn.datasets.load_iris().data),
        "wine, standardised": f32(np.round((wine - wine.mean(0)) / wine.std(0), 4)),
        "5 clusters": f32(np.round(centres[np.arange(120) % 5] + random.normal(size=(120, 6)), 4)),
        "uniform square": f32(np.round(random.uniform(size=(200, 2)), 4)),
    }


def layout(cell, rows, columns):
    """Indices that turn weights.reshape(columns * rows, -1), unit x * rows + y, into units row * columns + column."""
    row, column = np.divmod(np.arange(rows * columns), columns)
    mirrored = cell == "hexagonal" and rows % 2 == 0
    return (columns - 1 - column if mirrored else column) * rows + row


def new_map(cell, rows, columns, features, **options):
    return minisom.MiniSom(columns, rows, features, topology=cell, random_seed=SEED, **options)


def matching_case(name, data, codebook, cell, rows, columns):
    return {
        "name": f"{name} on {rows} x {columns} {cell}",
        "samples": name,
        "lattice": {"cell": cell, "shape": "sheet", "rows": rows, "columns": columns},
        "codebook": plain(codebook),
    }


def training_case(name, data, cell, rows, columns, metric, radius, rate, steps, random):
    return {
        "name": f"{steps} steps, {metric}, {name} on {rows} x {columns} {cell}",
        "samples": name,
        "lattice": {"cell": cell, "shape": "sheet", "rows": rows, "columns": columns},
        "kernel": "gaussian",
        "metric": metric,
        "radius": radius,
        "learningRate": rate,
        "steps": steps,
        "initial": plain(drawn_codebook(data, rows * columns, random)),
    }


def batch_case(name, data, cell, rows, columns, radius, epochs, random):
    return {
        "name": f"{epochs} epochs, {name} on {rows} x {columns} {cell}",
        "samples": name,
        "lattice": {"cell": cell, "shape": "sheet", "rows": rows, "columns": columns},
        "radius": radius,
        "epochs": epochs,
        "initial": plain(drawn_codebook(data, rows * columns, random)),
    }


def drawn_codebook(data, units, random):
    """Prototypes without order: the topographic error is then large."""
    low, high = data.min(0), data.max(0)
    return f32(np.round(random.uniform(low, high, (units, data.shape[1])), 3))


def trained_codebook(data, cell, rows, columns, steps):
    som = new_map(cell, rows, columns, data.shape[1], sigma=2.0, learning_rate=0.5)
    som.pca_weights_init(data)
    som.train(data, steps)
    return f32(np.round(som._weights.reshape(rows * columns, -1)[layout(cell, rows, columns)], 4))


def drawn():
    """The inputs: samples, codebooks and parameters."""
    sets = datasets()
    random = np.random.default_rng(SEED + 1)
    names = list(sets)
    iris, wine, clusters, square = sets.values()
    matching = []
    for name, data in sets.items():
        for cell, rows, columns in (("rectangular", 5, 7), ("hexagonal", 7, 5), ("hexagonal", 6, 4)):
            codebook = trained_codebook(data, cell, rows, columns, 300)
            matching.append(matching_case(name, data, codebook, cell, rows, columns))
    for cell, rows, columns in (("rectangular", 6, 4), ("hexagonal", 5, 6), ("hexagonal", 4, 5)):
        codebook = drawn_codebook(clusters, rows * columns, random)
        matching.append(matching_case(names[2], clusters, codebook, cell, rows, columns))
    return {
        "samples": {name: {"rows": d.shape[0], "columns": d.shape[1], "data": plain(d)} for name, d in sets.items()},
        "matching": matching,
        "training": [
            training_case(names[0], iris, "rectangular", 5, 6, "euclidean", 2.0, 0.5, 450, random),
            training_case(names[0], iris, "hexagonal", 5, 6, "euclidean", 2.0, 0.5, 450, random),
            training_case(names[1], wine, "rectangular", 4, 7, "manhattan", 1.5, 0.3, 356, random),
            training_case(names[3], square, "hexagonal", 7, 4, "euclidean", 2.5, 0.4, 400, random),
        ],
        "batch": [
            batch_case(names[0], iris, "rectangular", 5, 6, 2.0, 5, random),
            batch_case(names[3], square, "hexagonal", 7, 4, 2.5, 5, random),
        ],
    }


def placed(case, sets, prototypes, **options):
    """The samples, a MiniSom that holds the case's prototypes, and the order that its weights are in."""
    lattice = case["lattice"]
    cell, rows, columns = lattice["cell"], lattice["rows"], lattice["columns"]
    data = sets[case["samples"]]
    order = layout(cell, rows, columns)
    som = minisom.MiniSom(columns, rows, data.shape[1], topology=cell, **options)
    weights = np.empty((rows * columns, data.shape[1]))
    weights[order] = f32(case[prototypes]).reshape(rows * columns, -1)
    som._weights = weights.reshape(columns, rows, -1)
    return data, som, order


def found_by_matching(case, sets):
    data, som, order = placed(case, sets, "codebook")
    back = np.argsort(order)
    nearest = np.argsort(som._distance_from_weights(data), axis=1, kind="stable")[:, :2]
    found = {
        "unit": back[nearest[:, 0]].tolist(),
        "secondUnit": back[nearest[:, 1]].tolist(),
        "quantizationError": float(som.quantization_error(data)),
        "topographicError": float(som.topographic_error(data)),
        "winners": {metric: winners(case, sets, metric) for metric in ("manhattan", "cosine")},
    }
    lattice = case["lattice"]
    if not (lattice["cell"] == "hexagonal" and lattice["rows"] % 2 == 0):
        for scaling in ("mean", "sum"):
            found[f"distanceMap {scaling}"] = rounded(som.distance_map(scaling).reshape(-1)[order])
    return found


def winners(case, sets, metric):
    data, som, order = placed(case, sets, "codebook", activation_distance=metric)
    back = np.argsort(order)
    shape = som._weights.shape[:2]
    return [int(back[np.ravel_multi_index(som.winner(row), shape)]) for row in data]


def found_by_training(case, sets):
    """Samples in their order; radius and learning rate fall as start / (1 + 2 t / steps), MiniSom's default."""
    data, som, order = placed(
        case, sets, "initial",
        sigma=case["radius"], learning_rate=case["learningRate"],
        neighborhood_function=case["kernel"], activation_distance=case["metric"],
    )
    som.train(data, case["steps"])
    return trained(som, data, order)


def found_by_batch(case, sets):
    """Learning rate 1: each epoch replaces the codebook by the weighted means. The radius falls as above, an epoch a step."""
    data, som, order = placed(
        case, sets, "initial", sigma=case["radius"], learning_rate=1.0, decay_function=lambda rate, t, steps: rate
    )
    som.train_batch_offline(data, case["epochs"])
    return trained(som, data, order)


def trained(som, data, order):
    return {
        "codebook": rounded(som._weights.reshape(len(order), -1)[order].ravel()),
        "quantizationError": float(som.quantization_error(data)),
    }


def rounded(values):
    return [round(float(value), 9) for value in values]


def main(output, inputs=None):
    if inputs is None:
        document = drawn()
    else:
        with open(inputs, encoding="utf-8") as file:
            document = json.load(file)
    sets = {name: f32(d["data"]).reshape(d["rows"], d["columns"]) for name, d in document["samples"].items()}
    finders = {"matching": found_by_matching, "training": found_by_training, "batch": found_by_batch}
    source = {"MiniSom": version("minisom"), "numpy": np.__version__, "scikit-learn": sklearn.__version__, "seed": SEED}
    result = {"source": source, "samples": document["samples"]}
    for kind, find in finders.items():
        result[kind] = [{**case, **find(case, sets)} for case in document[kind]]
    with open(output, "w", encoding="utf-8") as file:
        file.write(one_entry_a_line(result))


def one_entry_a_line(document):
    """JSON with one case a line, so that a change can be seen."""
    parts = []
    for key, value in document.items():
        if isinstance(value, list):
            body = "[\n    " + ",\n    ".join(json.dumps(item, separators=(",", ":")) for item in value) + "\n  ]"
        else:
            body = "{\n    " + ",\n    ".join(
                f"{json.dumps(name)}: {json.dumps(item, separators=(',', ':'))}" for name, item in value.items()
            ) + "\n  }"
        parts.append(f"  {json.dumps(key)}: {body}")
    return "{\n" + ",\n".join(parts) + "\n}\n"


if __name__ == "__main__":
    main(*sys.argv[1:])
