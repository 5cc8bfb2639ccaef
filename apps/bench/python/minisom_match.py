"""MiniSom's matching: the distances of chunks of samples to all units by its own matrix product, and the least of each."""

import numpy as np
from harness import run
from minisom import MiniSom

CHUNK = 1000


def contender(workload):
    part = min(workload.rows, workload.part) if workload.part else workload.rows
    samples = workload.array("samples")[:part]
    som = MiniSom(workload.mapRows, workload.mapColumns, workload.features)
    som._weights = workload.array("codebook").reshape(workload.mapRows, workload.mapColumns, -1).astype(float)

    def match(_):
        starts = range(0, len(samples), CHUNK)
        return np.concatenate([som._distance_from_weights(samples[at : at + CHUNK]).argmin(axis=1) for at in starts])

    return (lambda: None), match, {"warm": lambda: som._distance_from_weights(samples[:CHUNK]), "share": part / workload.rows}


if __name__ == "__main__":
    run(contender, ["minisom"])
