"""Checks ONNX files and runs them by onnxruntime; prints JSON, null for NaN.

    python run-onnx.py ROWS.json MODEL.onnx...
"""

import json
import sys

import numpy as np
import onnx
import onnxruntime


def main(rows, *models):
    with open(rows, encoding="utf-8") as file:
        samples = np.array([[np.nan if x is None else x for x in row] for row in json.load(file)], dtype=np.float64)
    found = []
    for path in models:
        onnx.checker.check_model(onnx.load(path), full_check=True)
        session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
        names = [output.name for output in session.get_outputs()]
        values = session.run(names, {"samples": samples})
        found.append({
            "metadata": session.get_modelmeta().custom_metadata_map,
            "outputs": {
                name: [None if isinstance(x, float) and np.isnan(x) else x for x in value.tolist()]
                for name, value in zip(names, values)
            },
        })
    print(json.dumps(found))


main(*sys.argv[1:])
