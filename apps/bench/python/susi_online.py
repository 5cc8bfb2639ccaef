"""SuSi's online training: samples drawn with replacement, its own radius and learning rate, as many updates as the workload has."""

import susi
from harness import run


def contender(workload):
    samples = workload.array("samples")
    updates = workload.updates
    part = min(updates, workload.part) if workload.part else updates

    def make(steps):
        return susi.SOMClustering(
            n_rows=workload.mapRows,
            n_columns=workload.mapColumns,
            init_mode_unsupervised="random_data",
            n_iter_unsupervised=steps,
            learning_rate_start=workload.firstRate,
            learning_rate_end=workload.lastRate,
            random_state=1,
        )

    def train(som):
        som.fit(samples)
        return som.unsuper_som_.reshape(-1, workload.features)

    note = "starts from samples, at its own radius"
    return (lambda: make(part)), train, {"warm": lambda: make(min(part, 100)).fit(samples), "share": part / updates, "note": note}


if __name__ == "__main__":
    run(contender, ["susi", "numpy"])
