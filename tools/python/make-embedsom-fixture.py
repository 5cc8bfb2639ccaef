"""Writes the places that EmbedSOM's own C++ gives rows between the units of a map, for the agreement test of @som/core.

python make-embedsom-fixture.py EmbedSOM/src packages/core/fixtures/embedsom.json  (with g++)

The folder is that of the R package's sources. What R needs of the file is left out, and the rest compiled.
"""

import ctypes
import json
import math
import pathlib
import random
import subprocess
import sys
import tempfile

GOLDEN = (1 + math.sqrt(5)) / 2


def compiled(folder):
    text = (folder / "embed.cpp").read_text().split('#include "som.h"')[0]
    with tempfile.TemporaryDirectory() as scratch:
        source, library = pathlib.Path(scratch, "embed.cpp"), pathlib.Path(scratch, "embed.so")
        source.write_text(text)
        command = ["g++", "-O1", "-shared", "-fPIC", f"-I{folder}", str(source), "-o", str(library)]
        subprocess.run(command, check=True)
        return ctypes.CDLL(str(library)).C_embedSOM


def case(embed, rng, side, columns, rows, neighbours, smooth, adjust):
    units = side * side
    grid = [float(c) for unit in range(units) for c in (unit % side, unit // side)]
    # A plane that bends through the columns, with some noise, as maps do.
    codebook = []
    for unit in range(units):
        x, y = grid[2 * unit] / side, grid[2 * unit + 1] / side
        codebook += [math.sin(f + 2 * x) + math.cos(2 * f + 3 * y) + 0.1 * rng.gauss(0, 1) for f in range(columns)]
    points = [rng.gauss(0, 1) for _ in range(rows * columns)]
    floats = lambda values: (ctypes.c_float * len(values))(*values)
    integer = lambda value: ctypes.byref(ctypes.c_int(value))
    places = (ctypes.c_float * (2 * rows))()
    settings = (1, 2, rows, units, columns, 2)
    boost, how = ctypes.c_float(GOLDEN ** (smooth - 2)), ctypes.c_float(adjust)
    points, codebook = floats(points), floats(codebook)
    embed(
        *map(integer, settings),
        ctypes.byref(boost),
        integer(neighbours),
        ctypes.byref(how),
        points,
        codebook,
        floats(grid),
        places,
    )
    return {
        "side": side,
        "columns": columns,
        "neighbours": neighbours,
        "smooth": smooth,
        "adjust": adjust,
        "codebook": list(codebook),
        "points": list(points),
        "places": list(places),
    }


embed = compiled(pathlib.Path(sys.argv[1]).resolve())
rng = random.Random(5)
cases = [
    case(embed, rng, 6, 4, 40, 7, 0, 1),
    case(embed, rng, 10, 10, 40, 11, 0, 1),
    case(embed, rng, 8, 3, 40, 20, 2, 0.5),
    case(embed, rng, 5, 6, 40, 25, -1, 2),
]
with open(sys.argv[2], "w") as file:
    json.dump({"cases": cases}, file)
    file.write("\n")
