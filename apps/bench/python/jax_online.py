"""The online rule in JAX: one lax.scan over all steps, separable gaussian tables, one plane a feature.

`scan` searches and then updates in each step; `best` also tries to find the next sample's unit in the pass that updates the map, which
halves the passes over it. Each tries several ways to search on the workload's own shape, and keeps the fastest.

    python jax_online.py scan|best WORKLOAD.json RESULT.json
"""

import sys
import time
from functools import partial

import jax
import jax.numpy as jnp
import numpy as np
from harness import run


def squared(planes, x):
    total = (planes[0] - x[0]) ** 2
    for plane, value in zip(planes[1:], x[1:]):
        total = total + (plane - value) ** 2
    return total


def by_argmin(planes, x):
    distances = squared(planes, x)
    unit = jnp.argmin(distances)
    return unit // distances.shape[1], unit % distances.shape[1]


def by_row_minimum(planes, x):
    """A minimum a row in one fused pass, then only the winning row again."""
    row = jnp.argmin(squared(planes, x).min(axis=1))
    line = squared([jax.lax.dynamic_index_in_dim(plane, row, keepdims=False) for plane in planes], x)
    return row, jnp.argmin(line)


def by_column_minimum(planes, x):
    column = jnp.argmin(squared(planes, x).min(axis=0))
    line = squared([jax.lax.dynamic_index_in_dim(plane, column, 1, keepdims=False) for plane in planes], x)
    return jnp.argmin(line), column


def moved(planes, x, row, column, radius, rate):
    rows, columns = planes[0].shape
    scale = -1 / (2 * radius * radius)
    along = rate * jnp.exp((jnp.arange(rows, dtype=jnp.float32) - row) ** 2 * scale)
    across = jnp.exp((jnp.arange(columns, dtype=jnp.float32) - column) ** 2 * scale)
    influence = along[:, None] * across[None, :]
    return [plane + influence * (value - plane) for plane, value in zip(planes, x)]


@partial(jax.jit, static_argnames=("search",), donate_argnums=0)
def search_then_update(planes, xs, radii, rates, search):
    def step(planes, inputs):
        x, radius, rate = inputs
        return moved(planes, x, *search(planes, x), radius, rate), None

    return jax.lax.scan(step, planes, (xs, radii, rates))[0]


@partial(jax.jit, static_argnames=("search",), donate_argnums=0)
def update_while_searching(planes, xs, radii, rates, search):
    def step(state, inputs):
        planes, unit = state
        x, following, radius, rate = inputs
        planes = moved(planes, x, *unit, radius, rate)
        return (planes, search(planes, following)), None

    start = (planes, search(planes, xs[0]))
    return jax.lax.scan(step, start, (xs, jnp.roll(xs, -1, 0), radii, rates))[0][0]


SCAN = [(search_then_update, search) for search in (by_argmin, by_row_minimum, by_column_minimum)]
WAYS = {"scan": SCAN, "best": [*SCAN, (update_while_searching, by_row_minimum), (update_while_searching, by_column_minimum)]}
TRIED_STEPS = 100


def contender(workload, ways):
    samples = workload.array("samples")
    initial = workload.array("codebook").reshape(workload.mapRows, workload.mapColumns, -1)
    order, radii, rates = (workload.array(name) for name in ("order", "radius", "rate"))
    part = min(len(order), workload.part) if workload.part else len(order)
    xs, radii, rates = samples[order[:part]], radii[:part], rates[:part]

    def planes():
        return jax.block_until_ready([jnp.asarray(np.ascontiguousarray(initial[:, :, f])) for f in range(initial.shape[2])])

    def timed(way):
        train, search = way
        inputs = tuple(values[:TRIED_STEPS] for values in (xs, radii, rates))
        jax.block_until_ready(train(planes(), *inputs, search=search))
        state = planes()
        begin = time.perf_counter()
        jax.block_until_ready(train(state, *inputs, search=search))
        return time.perf_counter() - begin

    train, search = min(ways, key=timed)

    def compute(state):
        trained = train(state, xs, radii, rates, search=search)
        return np.stack([np.asarray(plane) for plane in trained], axis=2).reshape(-1, workload.features)

    note = f"{train.__name__} {search.__name__}, the fastest of {len(ways)} ways".replace("_", " ")
    return planes, compute, {"share": part / len(order), "note": note}


if __name__ == "__main__":
    ways = WAYS[sys.argv.pop(1)]
    run(lambda workload: contender(workload, ways), ["jax", "jaxlib"])
