"""fastersom on the CPU. Its radius reaches `sigma_final` one epoch after the last, so that value is set to give our radii.

`fit` also labels the samples at its end; that pass is timed by `predict` and taken off.
"""

import os
import time

import torch
from fastersom import SOM
from harness import run


def contender(workload):
    torch.set_num_threads(workload.threads)
    samples = workload.array("samples")
    initial = workload.array("codebook")
    trained = {}

    def prepare():
        return SOM(
            workload.mapRows, workload.mapColumns, n_epochs=workload.epochs,
            sigma_initial=workload.firstRadius, sigma_final=workload.radius_after_last(), init=initial, device="cpu",
        )

    def train(som):
        trained["som"] = som.fit(samples)
        return som.weights_

    def labelling():
        if workload.wholeProcess:
            return 0.0
        begin = time.perf_counter()
        trained["som"].predict(samples)
        return time.perf_counter() - begin

    def warm():
        SOM(workload.mapRows, workload.mapColumns, n_epochs=1, init=initial, device="cpu").fit(samples[:8192])

    note = "less the pass that labels the samples" if not workload.wholeProcess else ""
    return prepare, train, {"aside": labelling, "warm": warm, "note": note}


if __name__ == "__main__":
    os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")
    run(contender, ["fastersom", "torch"])
