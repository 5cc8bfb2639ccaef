"""Batch training as strong as plain NumPy makes it: chunked matrix products, sums by sorting, separable smoothing."""

import time

import numpy as np
from harness import gaussian, run

CHUNKS = (256, 512, 1024, 2048, 4096)


def best_units(samples, codebook, half_norms, chunk, units):
    for start in range(0, len(samples), chunk):
        scores = samples[start : start + chunk] @ codebook.T
        scores -= half_norms
        scores.argmax(axis=1, out=units[start : start + chunk])


def sums_of(samples, units, count):
    order = np.argsort(units, kind="stable")
    found, starts = np.unique(units[order], return_index=True)
    sums = np.zeros((count, samples.shape[1]), dtype=np.float32)
    sums[found] = np.add.reduceat(samples[order], starts, axis=0)
    return sums, np.bincount(units, minlength=count).astype(np.float32)


def tuned_chunk(samples, codebook, half_norms, units):
    """The chunk that is fastest on a part of the samples."""
    part = samples[: min(len(samples), 8192)]
    times = {}
    for chunk in CHUNKS:
        best_units(part[:chunk], codebook, half_norms, chunk, units[:chunk])
        begin = time.perf_counter()
        best_units(part, codebook, half_norms, chunk, units[: len(part)])
        times[chunk] = time.perf_counter() - begin
    return min(times, key=times.get)


def contender(workload):
    samples = workload.array("samples")
    initial = workload.array("codebook")
    radii = workload.array("radius")
    rows, columns = workload.mapRows, workload.mapColumns
    units = np.empty(len(samples), dtype=np.intp)
    chunk = tuned_chunk(samples, initial, (initial**2).sum(1) / 2, units)

    def train(codebook):
        for radius in radii:
            best_units(samples, codebook, (codebook**2).sum(1) / 2, chunk, units)
            sums, counts = sums_of(samples, units, len(codebook))
            along, across = gaussian(rows, radius), gaussian(columns, radius)
            mass = np.concatenate([sums, counts[:, None]], axis=1)
            mass = (along @ mass.reshape(rows, -1)).reshape(rows, columns, -1)
            mass = np.matmul(across, mass).reshape(len(codebook), -1)
            reached = mass[:, -1] > 0
            codebook[reached] = mass[reached, :-1] / mass[reached, -1:]
        return codebook

    return initial.copy, train, {"note": f"chunks of {chunk} samples, the fastest of {len(CHUNKS)}", "warm": lambda: None}


if __name__ == "__main__":
    run(contender, ["numpy"])
