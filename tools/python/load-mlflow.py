"""Loads a folder as mlflow.pyfunc does and asks it its own example: prints the signature's outputs, those that came, and what they say.

Called as `python load-mlflow.py FOLDER`.
"""

import json
import sys

import mlflow.pyfunc
from mlflow.models import Model

folder = sys.argv[1]
model = mlflow.pyfunc.load_model(folder)
example = Model.load(folder).load_input_example(folder)
found = model.predict(example)
print(
    json.dumps(
        {
            "signed": model.metadata.signature.outputs.input_names(),
            "outputs": list(found.columns),
            "found": {name: found[name].tolist() for name in found.columns},
            "example": example.to_numpy().tolist(),
        }
    )
)
