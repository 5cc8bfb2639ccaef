"""What every Python contender shares: reads the workload, times a function, writes what came out.

A contender is called as `python <contender>.py WORKLOAD.json RESULT.json`. Threads are limited by the caller's environment
variables before anything is imported.
"""

import json
import resource
import sys
import time
from importlib.metadata import version
from pathlib import Path

import numpy as np


class Workload:
    """The JSON workload with its arrays, which are read from .npy files on first use."""

    def __init__(self, path):
        self.spec = json.loads(Path(path).read_text(encoding="utf-8"))

    def __getattr__(self, name):
        return self.spec[name]

    def array(self, name):
        return np.load(self.spec["files"][name])

    @property
    def epochs(self):
        """Passes over the samples that have as many updates."""
        return max(1, round(self.updates / self.rows))

    def radius_after_last(self):
        """The radius one epoch after the last: where a peer's own schedule must end to give our radii."""
        first, last, epochs = self.firstRadius, self.lastRadius, self.epochs
        return first * (last / first) ** (epochs / (epochs - 1)) if epochs > 1 else first

    def csr(self):
        import scipy.sparse

        shape = (self.rows, self.features)
        return scipy.sparse.csr_matrix((self.array("values"), self.array("indices").astype(np.int32), self.array("offsets").astype(np.int32)), shape)


def run(contender, packages):
    """Calls `contender(workload)`, which gives (prepare, compute, note).

    `prepare()` makes fresh state outside the clock; `compute(state)` is timed, and gives the result to keep; it is called once
    before the clock starts (compilation, caches), unless the whole process is what is timed.
    """
    started = time.perf_counter()
    workload = Workload(sys.argv[1])
    prepare, compute, *more = contender(workload)
    extra = more[0] if more else {}
    whole = workload.wholeProcess
    if not whole:
        extra.get("warm", lambda: compute(prepare()))()
    seconds = []
    output = None
    while len(seconds) < (1 if whole else workload.repeats) and (not workload.enough or sum(seconds) < workload.enough):
        state = prepare()
        begin = time.perf_counter()
        output = compute(state)
        seconds.append(time.perf_counter() - begin - extra.get("aside", lambda: 0.0)())
    share = extra.get("share", 1.0)
    result = {
        "seconds": [s / share for s in seconds],
        "share": share,
        "setup": time.perf_counter() - started - sum(seconds),
        "peakBytes": peak_bytes(),
        "versions": {package: version(package) for package in packages},
        "note": extra.get("note", ""),
    }
    if output is not None and share == 1.0:
        name = "units" if workload.kind == "match" else "codebook"
        path = Path(sys.argv[2]).with_suffix(f".{name}.npy")
        dtype = np.int32 if name == "units" else np.float32
        np.save(path, np.ascontiguousarray(output, dtype=dtype))
        result[name] = str(path)
    Path(sys.argv[2]).write_text(json.dumps(result), encoding="utf-8")


def peak_bytes():
    """Peak resident memory of this program. Linux's ru_maxrss also counts the program that started it; VmHWM does not."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text(encoding="utf-8").splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def gaussian(size, radius, dtype=np.float32):
    """Influence along one axis of the lattice: size x size."""
    place = np.arange(size)
    return np.exp(-((place[:, None] - place) ** 2) / (2.0 * radius * radius)).astype(dtype)
