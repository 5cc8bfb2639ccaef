"""XPySom (GPL) with NumPy: its batch rule, an epoch for every pass over the samples. Its gaussian's deviation is half its sigma, which reaches
`sigmaN` one epoch after the last, so that value is set to give our radii.
"""

import numpy as np
from harness import run
from xpysom import XPySom


def contender(workload):
    samples = workload.array("samples")
    initial = workload.array("codebook").reshape(workload.mapRows, workload.mapColumns, -1)
    epochs = workload.epochs

    def prepare():
        som = XPySom(
            workload.mapRows, workload.mapColumns, workload.features,
            sigma=2 * workload.firstRadius, sigmaN=2 * workload.radius_after_last(), xp=np,
        )
        som._weights = initial.astype(float)
        return som

    def train(som):
        som.train(samples, epochs)
        return som.get_weights().reshape(-1, workload.features)

    return prepare, train, {"warm": lambda: prepare().train(samples[:1000], 1), "note": f"batch, {epochs} epochs"}


if __name__ == "__main__":
    run(contender, ["xpysom", "numpy"])
