"""MiniSom's online training: samples in order, its own decay, as many updates as the workload has."""

from harness import run
from minisom import MiniSom


def contender(workload):
    samples = workload.array("samples")
    initial = workload.array("codebook").reshape(workload.mapRows, workload.mapColumns, -1)
    updates = workload.updates
    part = min(updates, workload.part) if workload.part else updates

    def prepare():
        som = MiniSom(workload.mapRows, workload.mapColumns, workload.features, sigma=workload.firstRadius, learning_rate=workload.firstRate)
        som._weights = initial.astype(float)
        return som

    def train(som):
        som.train(samples, part)
        return som.get_weights().reshape(-1, workload.features)

    return prepare, train, {"warm": lambda: prepare().train(samples, min(part, 100)), "share": part / updates}


if __name__ == "__main__":
    run(contender, ["minisom"])
