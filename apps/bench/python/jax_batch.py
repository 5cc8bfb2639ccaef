"""Batch training in JAX: one jitted epoch, chunked matrix products, segment sums, separable smoothing."""

import time
from functools import partial

import jax
import jax.numpy as jnp
import numpy as np
from harness import run

CHUNKS = (512, 2048, 8192)


@partial(jax.jit, static_argnames=("rows", "columns"))
def epoch(chunks, weights, codebook, radius, rows, columns):
    half_norms = (codebook**2).sum(1) / 2

    def best(chunk):
        return jnp.argmax(chunk @ codebook.T - half_norms, axis=1)

    units = jax.lax.map(best, chunks).reshape(-1)
    samples = chunks.reshape(-1, codebook.shape[1])
    sums = jax.ops.segment_sum(samples, units, len(codebook))
    counts = jax.ops.segment_sum(weights, units, len(codebook))

    def influence(size):
        place = jnp.arange(size, dtype=jnp.float32)
        return jnp.exp(-((place[:, None] - place) ** 2) / (2 * radius * radius))

    mass = jnp.concatenate([sums, counts[:, None]], axis=1)
    mass = (influence(rows) @ mass.reshape(rows, -1)).reshape(rows, columns, -1)
    mass = jnp.einsum("uj,rjf->ruf", influence(columns), mass).reshape(len(codebook), -1)
    return jnp.where(mass[:, -1:] > 0, mass[:, :-1] / mass[:, -1:], codebook)


def chunked(samples, chunk):
    """Samples in whole chunks, the last filled up by zeros of weight 0."""
    count = -(-len(samples) // chunk)
    padded = np.zeros((count * chunk, samples.shape[1]), dtype=np.float32)
    padded[: len(samples)] = samples
    weights = np.zeros(count * chunk, dtype=np.float32)
    weights[: len(samples)] = 1
    return jax.device_put(padded.reshape(count, chunk, -1)), jax.device_put(weights)


def contender(workload):
    samples = workload.array("samples")
    initial = jax.device_put(workload.array("codebook"))
    radii = [np.float32(radius) for radius in workload.array("radius")]
    sides = {"rows": workload.mapRows, "columns": workload.mapColumns}
    times = {}
    for chunk in CHUNKS:
        part = chunked(samples[: max(CHUNKS)], chunk)
        epoch(*part, initial, radii[0], **sides).block_until_ready()
        begin = time.perf_counter()
        epoch(*part, initial, radii[0], **sides).block_until_ready()
        times[chunk] = time.perf_counter() - begin
    chunk = min(times, key=times.get)
    data = chunked(samples, chunk)

    def train(codebook):
        for radius in radii:
            codebook = epoch(*data, codebook, radius, **sides)
        return np.asarray(codebook)

    warm = lambda: epoch(*data, initial, radii[0], **sides).block_until_ready()
    return (lambda: initial), train, {"note": f"chunks of {chunk} samples, the fastest of {len(CHUNKS)}", "warm": warm}


if __name__ == "__main__":
    run(contender, ["jax", "jaxlib"])
