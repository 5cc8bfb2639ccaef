"""Somoclu's batch training on OpenMP, the deviation of its gaussian the radius. Its radius reaches `radiusN` one epoch after the last, so that value is set to give our radii."""

import somoclu
from harness import run


def contender(workload):
    samples = workload.array("samples")
    initial = workload.array("codebook")
    radii = workload.array("radius")
    epochs = len(radii)
    last = radii[0] * (radii[-1] / radii[0]) ** (epochs / (epochs - 1)) if epochs > 1 else radii[0]

    def prepare():
        return somoclu.Somoclu(
            workload.mapColumns, workload.mapRows, initialcodebook=initial.copy(), neighborhood="gaussian", std_coeff=1.0, compactsupport=False,
        )

    def train(som):
        som.train(samples, epochs=epochs, radius0=float(radii[0]), radiusN=float(last), radiuscooling="exponential", scale0=1.0, scaleN=1.0)
        return som.codebook.reshape(-1, workload.features)

    return prepare, train


if __name__ == "__main__":
    run(contender, ["somoclu", "numpy"])
