"""TorchSOM on the CPU: a step for each batch of samples, at radii and rates of its own. Its `fit` also finds both errors of each batch; that cannot be left out."""

import os

import torch
from harness import run
from torchsom import SOM

BATCH = 1024


def contender(workload):
    torch.set_num_threads(workload.threads)
    samples = torch.from_numpy(workload.array("samples"))
    initial = torch.from_numpy(workload.array("codebook"))
    whole = workload.epochs
    epochs = min(whole, max(1, round(workload.part / workload.rows))) if workload.part else whole

    def make(epochs):
        som = SOM(
            workload.mapRows, workload.mapColumns, workload.features, epochs=epochs, batch_size=min(BATCH, workload.rows),
            sigma=workload.firstRadius, sigma_decay_function="sig_inverse_decay_to_one", learning_rate=workload.firstRate, device="cpu",
        )
        som.weights.data = initial.reshape(workload.mapRows, workload.mapColumns, -1).clone()
        return som

    def train(som):
        som.fit(samples, verbose=False)
        return som.weights.detach().numpy().reshape(-1, workload.features)

    def warm():
        make(1).fit(samples[:BATCH], verbose=False)

    note = f"{whole} epochs in batches of {min(BATCH, workload.rows)}"
    return (lambda: make(epochs)), train, {"warm": warm, "share": epochs / whole, "note": note}


if __name__ == "__main__":
    os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")
    run(contender, ["torchsom", "torch"])
