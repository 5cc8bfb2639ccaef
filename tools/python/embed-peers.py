"""Tables, splits of their rows, and where UMAP and openTSNE place them, as files of numbers in a folder.

For each table: NAME.json with the shape and the peers, NAME.rows, NAME.labels (f64, i32), NAME.held (u8, 1 for a row
held out), and for each peer NAME.PEER.f32 with the places of all rows: those of the fit and those of `transform`. The
digits have no row held out.
"""

import json
import sys
import time

import numpy as np
from openTSNE import TSNE
from sklearn import datasets
from sklearn.decomposition import PCA
from umap import UMAP

folder, names = sys.argv[1], sys.argv[2].split(",")
images = sys.argv[3] if len(sys.argv) > 3 else None


def idx(name):
    """An array of an IDX file of MNIST's form."""
    raw = np.fromfile(f"{images}/{name}", np.uint8)
    sides = raw[3]
    shape = raw[4 : 4 + 4 * sides].view(">u4").astype(int)
    return raw[4 + 4 * sides :].reshape(shape)


def table(name):
    draw = np.random.default_rng(0)
    if name == "digits":
        return datasets.load_digits(return_X_y=True)
    if name == "swiss":
        x, t = datasets.make_swiss_roll(9000, noise=0.3, random_state=0)
        return x, np.floor((t - t.min()) / (np.ptp(t) + 1e-9) * 16).astype(int)
    if name == "mixture":
        return datasets.make_blobs(10000, 50, centers=25, cluster_std=draw.uniform(0.8, 3, 25), random_state=0)
    if name == "curved":
        # Curved pieces of 2 to 6 dimensions in 50.
        y = draw.choice(25, 10000, p=draw.dirichlet(np.full(25, 1.5)))
        x = np.empty((10000, 50))
        for c in range(25):
            rows = np.flatnonzero(y == c)
            q = draw.integers(2, 7)
            straight, bent = draw.normal(size=(2, q, 50)) / np.sqrt(q)
            z = draw.normal(size=(len(rows), q))
            spread = draw.uniform(0.5, 1.6) * (z @ straight + np.sin(2 * z) @ bent / 2)
            x[rows] = draw.normal(size=50) * 1.1 + spread + draw.normal(size=(len(rows), 50)) * 0.25
        return x, y
    if name in ("mnist", "mnist-test"):
        part = "t10k" if name == "mnist-test" else "train"
        x = idx(f"{part}-images-idx3-ubyte").reshape(-1, 784).astype(float)[:10000]
        y = idx(f"{part}-labels-idx1-ubyte").astype(int)[:10000]
        return PCA(50, svd_solver="full").fit_transform(x), y
    raise SystemExit(f"no such table: {name}")


for name in names:
    x, y = table(name)
    x = x.astype(np.float32)
    held = np.zeros(len(x), np.uint8)
    if name != "digits":
        held[np.random.default_rng(5).permutation(len(x))[: len(x) // 5]] = 1
    peers = {}
    for peer, make in (("UMAP", UMAP), ("openTSNE", TSNE)):
        started = time.process_time()
        model = make(random_state=0, n_jobs=1).fit(x[held == 0])
        fitted = time.process_time()
        places = np.empty((len(x), 2), np.float32)
        places[held == 0] = model.embedding_ if peer == "UMAP" else np.asarray(model)
        if held.any():
            places[held == 1] = np.asarray(model.transform(x[held == 1]))
        places.tofile(f"{folder}/{name}.{peer}.f32")
        peers[peer] = {"fit": fitted - started, "place": time.process_time() - fitted}
    x.astype(np.float64).tofile(f"{folder}/{name}.rows")
    y.astype(np.int32).tofile(f"{folder}/{name}.labels")
    held.tofile(f"{folder}/{name}.held")
    with open(f"{folder}/{name}.json", "w") as file:
        json.dump({"rows": x.shape[0], "columns": x.shape[1], "peers": peers}, file)
    print(name, x.shape, peers, file=sys.stderr, flush=True)
