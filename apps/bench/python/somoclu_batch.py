"""Somoclu's batch training on OpenMP, the deviation of its gaussian the radius. Its radius reaches `radiusN` one epoch after the last, so that value is set to give our radii."""

import somoclu
from harness import run


def contender(workload):
    samples = workload.array("samples")
    initial = workload.array("codebook")
    part = min(workload.updates, workload.part) if workload.part else workload.updates
    # Of a part, one epoch over so many of the samples: its epochs cost the same from the first to the last.
    epochs, last = (workload.epochs, workload.radius_after_last()) if part == workload.updates else (1, workload.firstRadius)
    trained = samples if part == workload.updates else samples[:part]

    def prepare():
        return somoclu.Somoclu(
            workload.mapColumns, workload.mapRows, initialcodebook=initial.copy(), neighborhood="gaussian", std_coeff=1.0, compactsupport=False,
        )

    def train(som):
        som.train(trained, epochs=epochs, radius0=workload.firstRadius, radiusN=last, radiuscooling="exponential", scale0=1.0, scaleN=1.0)
        return som.codebook.reshape(-1, workload.features)

    # One epoch of a few samples: its clock starts with the library loaded and its threads there.
    warm = lambda: prepare().train(samples[:256], epochs=1, radius0=1.0, radiusN=1.0)
    return prepare, train, {"warm": warm, "share": len(trained) * epochs / workload.updates if part < workload.updates else 1.0}


if __name__ == "__main__":
    run(contender, ["somoclu", "numpy"])
