"""Photographs that ship in packages, and what other quantisers make of them. Started by tools/show/palettes.mjs.

quantise.py photographs FOLDER            writes each as raw RGBA; prints [{name, width, height}]
quantise.py NAME WIDTH HEIGHT COLOURS FOLDER    shows FOLDER/NAME in so many colours by each quantiser, without dithering;
                                          writes what each shows as raw RGBA; prints [{quantiser, file, seconds}]
"""

import importlib.util
import json
import os
import statistics
import sys
import time

import libimagequant as liq
from PIL import Image

REPETITIONS = 3
# Seconds beyond which once is enough.
SLOW = 1

PHOTOGRAPHS = {
    "skimage": ("data", [
        "astronaut.png", "camera.png", "chelsea.png", "coffee.png", "hubble_deep_field.jpg", "ihc.png",
        "motorcycle_left.png", "retina.jpg", "rocket.jpg",
    ]),
    "sklearn": ("datasets/images", ["china.jpg", "flower.jpg"]),
}  # fmt: skip


def photographs(folder):
    found = []
    for package, (inside, names) in PHOTOGRAPHS.items():
        # Found, not imported: the packages' own dependencies are not needed.
        home = os.path.dirname(importlib.util.find_spec(package).origin)
        for name in names:
            image = Image.open(os.path.join(home, inside, name)).convert("RGBA")
            with open(os.path.join(folder, name), "wb") as file:
                file.write(image.tobytes())
            found.append({"name": name, "width": image.width, "height": image.height})
    return found


def by_libimagequant(speed):
    def quantise(pixels, width, height, colours):
        attributes = liq.Attr()
        attributes.max_colors = colours
        if speed is not None:
            attributes.speed = speed
        image = attributes.create_rgba(pixels, width, height, 0)
        result = image.quantize(attributes)
        result.dithering_level = 0
        indices = result.remap_image(image)
        palette = [bytes([c.r, c.g, c.b, c.a]) for c in result.get_palette()]
        return lambda: b"".join(palette[i] for i in indices)

    return quantise


def by_pillow(method, kmeans=0):
    def quantise(pixels, width, height, colours):
        image = Image.frombytes("RGBA", (width, height), pixels).convert("RGB")
        shown = image.quantize(colours, method=method, kmeans=kmeans, dither=Image.Dither.NONE)
        return lambda: shown.convert("RGBA").tobytes()

    return quantise


QUANTISERS = {
    "libimagequant": by_libimagequant(None),
    "libimagequant, speed 1": by_libimagequant(1),
    "Pillow median cut": by_pillow(Image.Quantize.MEDIANCUT),
    "Pillow median cut, 10 k-means": by_pillow(Image.Quantize.MEDIANCUT, 10),
    "Pillow maximum coverage": by_pillow(Image.Quantize.MAXCOVERAGE),
    "Pillow fast octree": by_pillow(Image.Quantize.FASTOCTREE),
}


def compare(name, width, height, colours, folder):
    with open(os.path.join(folder, name), "rb") as file:
        pixels = file.read()
    rows = []
    for i, (quantiser, quantise) in enumerate(QUANTISERS.items()):
        seconds = []
        for _ in range(REPETITIONS):
            start = time.perf_counter()
            shown = quantise(pixels, width, height, colours)
            seconds.append(time.perf_counter() - start)
            if seconds[0] > SLOW:
                break
        path = os.path.join(folder, f"{name}-{i}")
        with open(path, "wb") as file:
            file.write(shown())
        rows.append({"quantiser": quantiser, "file": path, "seconds": statistics.median(seconds)})
    return rows


if sys.argv[1] == "photographs":
    print(json.dumps(photographs(sys.argv[2])))
else:
    name, width, height, colours, folder = sys.argv[1:]
    print(json.dumps(compare(name, int(width), int(height), int(colours), folder)))
