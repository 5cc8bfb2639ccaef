"""Reads a model file with the safetensors package alone, and matches rows by what the file says; prints JSON.

    python read-model.py MODEL.som ROWS.json
"""

import hashlib
import json
import sys

import numpy as np
from safetensors import safe_open

WARPS = {"log": np.log1p, "arcsinh": np.arcsinh}


def preprocessed(rows, features):
    """weight * (warp(x / cofactor) - centre) / scale, a feature at a time."""
    columns = []
    for column, feature in zip(rows.T, features):
        p = feature["preprocessing"]
        warp = WARPS.get(p["method"], lambda x: x)
        columns.append(p["factor"] * (warp(column / p["cofactor"]) - p["centre"]) / p["scale"])
    return np.stack(columns, axis=1)


def digest_of(metadata, tensors):
    """What `digest` of the metadata must be: docs/design/model-file.md."""
    digest = hashlib.sha256((metadata["som"] + "\n").encode())
    for name, tensor in sorted(tensors.items()):
        kind = {"float32": "F32", "float64": "F64"}[str(tensor.dtype)]
        digest.update(f"{name} {kind} {'x'.join(map(str, tensor.shape))}\n".encode() + tensor.tobytes())
    return digest.hexdigest()


def main(model, rows):
    with safe_open(model, framework="np") as file:
        metadata = file.metadata()
        tensors = {name: file.get_tensor(name) for name in file.keys()}
    with open(rows, encoding="utf-8") as file:
        rows = np.array(json.load(file))
    som = json.loads(metadata["som"])
    x = preprocessed(rows, som["features"]).astype(np.float32).astype(np.float64)
    distances = np.linalg.norm(x[:, None] - tensors["codebook"].astype(np.float64), axis=2)
    found = {
        "format": metadata["format"],
        "version": metadata["version"],
        "digest": metadata["digest"],
        "found_digest": digest_of(metadata, tensors),
        "features": [feature["name"] for feature in som["features"]],
        "tensors": {
            name: {"type": str(t.dtype), "shape": list(t.shape), "sha256": hashlib.sha256(t.tobytes()).hexdigest()}
            for name, t in tensors.items()
        },
        "unit": distances.argmin(axis=1).tolist(),
        "distance": distances.min(axis=1).tolist(),
    }
    print(json.dumps(found))


main(*sys.argv[1:])
