"""Sparse batch training as strong as SciPy makes it: sparse times dense products, sums by a sparse product."""

import numpy as np
import scipy.sparse
from harness import gaussian, run

CHUNK = 2048


def contender(workload):
    samples = workload.csr()
    initial = workload.array("codebook")
    radii = workload.array("radius")
    rows, columns = workload.mapRows, workload.mapColumns
    count, features = initial.shape
    units = np.empty(workload.rows, dtype=np.intp)

    def train(codebook):
        for radius in radii:
            half_norms = np.einsum("kf,kf->k", codebook, codebook) / 2
            turned = np.ascontiguousarray(codebook.T)
            for start in range(0, workload.rows, CHUNK):
                scores = samples[start : start + CHUNK] @ turned
                scores -= half_norms
                scores.argmax(axis=1, out=units[start : start + CHUNK])
            ones = np.ones(workload.rows, dtype=np.float32)
            member = scipy.sparse.csr_matrix((ones, (units, np.arange(workload.rows))), (count, workload.rows))
            sums = (member @ samples).toarray()
            counts = np.bincount(units, minlength=count).astype(np.float32)
            along, across = gaussian(rows, radius), gaussian(columns, radius)
            mass = (along @ sums.reshape(rows, -1)).reshape(rows, columns, features)
            mass = np.matmul(across, mass).reshape(count, features)
            weight = (across @ (along @ counts.reshape(rows, columns)).T).T.reshape(-1)
            reached = weight > 0
            codebook[reached] = mass[reached] / weight[reached, None]
        return codebook

    return initial.copy, train, {"warm": lambda: None}


if __name__ == "__main__":
    run(contender, ["scipy", "numpy"])
