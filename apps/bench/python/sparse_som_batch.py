"""sparse-som (GPL): the batch rule over sparse samples, on OpenMP. Its influence is exp(-d^2 / (2 (std r)^2)), so std is 1."""

from harness import run
from sparse_som import BSom, cooling


def contender(workload):
    samples = workload.csr()
    initial = workload.array("codebook")
    radii = workload.array("radius")

    def prepare():
        som = BSom(workload.mapRows, workload.mapColumns, workload.features)
        som.codebook[:] = initial.reshape(som.codebook.shape)
        return som

    def train(som):
        som.train(samples, epochs=len(radii), r0=float(radii[0]), rN=float(radii[-1]), std=1.0, cool=cooling.EXPONENTIAL)
        return som.codebook.reshape(initial.shape)

    return prepare, train, {"warm": lambda: None}


if __name__ == "__main__":
    run(contender, ["sparse-som"])
