"""The way of the original solution: a jitted update of the whole map, the best-matching unit found by NumPy's argmin."""

import jax
import jax.numpy as jnp
import numpy as np
from harness import run


@jax.jit
def update(weights, x, row, column, radius, rate):
    rows, columns, _ = weights.shape
    i = jnp.arange(rows)[:, None]
    j = jnp.arange(columns)[None, :]
    influence = jnp.exp(-((i - row) ** 2 + (j - column) ** 2) / (2 * radius**2))
    return weights + rate * influence[:, :, None] * (x - weights)


def best_unit(weights, x):
    distances = np.sum((weights - x) ** 2, axis=2)
    return np.unravel_index(np.argmin(distances), distances.shape)


def contender(workload):
    samples = workload.array("samples")
    initial = workload.array("codebook").reshape(workload.mapRows, workload.mapColumns, -1)
    order, radii, rates = (workload.array(name) for name in ("order", "radius", "rate"))
    part = min(len(order), workload.part) if workload.part else len(order)

    def train(weights, steps=part):
        for t in range(steps):
            x = samples[order[t]]
            row, column = best_unit(np.asarray(weights), x)
            weights = update(weights, x, row, column, radii[t], rates[t])
        return np.asarray(weights).reshape(-1, workload.features)

    warm = lambda: train(jnp.asarray(initial), 3)
    return (lambda: jnp.asarray(initial)), train, {"warm": warm, "share": part / len(order)}


if __name__ == "__main__":
    run(contender, ["jax", "jaxlib"])
