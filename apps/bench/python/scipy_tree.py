"""SciPy's k-d tree over the prototypes: exact, and fast where there are few features."""

from harness import run
from scipy.spatial import cKDTree


def contender(workload):
    samples = workload.array("samples")
    tree = cKDTree(workload.array("codebook"))
    warm = lambda: tree.query(samples[:10_000], workers=workload.threads)
    return (lambda: None), (lambda _: tree.query(samples, workers=workload.threads)[1]), {"warm": warm}


if __name__ == "__main__":
    run(contender, ["scipy"])
