"""Asks a server by NVIDIA's client of the Open Inference Protocol, as JSON: prints what it says of itself, of a model, and of rows.

Called as `python ask-inference.py ADDRESS MODEL ROWS.json`.
"""

import json
import sys
from urllib.parse import urlsplit

import numpy
from tritonclient.http import InferenceServerClient, InferInput, InferRequestedOutput
from tritonclient.utils import InferenceServerException

address, model, path = sys.argv[1:]
with open(path, encoding="utf-8") as file:
    rows = numpy.array(json.load(file), dtype=numpy.float64)
client = InferenceServerClient(urlsplit(address).netloc)
metadata = client.get_model_metadata(model)
(tensor,) = metadata["inputs"]
asked = InferInput(tensor["name"], list(rows.shape), tensor["datatype"])
asked.set_data_from_numpy(rows, binary_data=False)
wanted = [InferRequestedOutput(output["name"], binary_data=False) for output in metadata["outputs"]]
found = client.infer(model, [asked], request_id="7", outputs=wanted)
usual = client.infer(model, [asked])
try:
    refusal = client.infer("nobody", [asked])
except InferenceServerException as error:
    refusal = error.status()
print(
    json.dumps(
        {
            "live": client.is_server_live(),
            "ready": client.is_server_ready() and client.is_model_ready(model),
            "server": client.get_server_metadata()["name"],
            "inputs": metadata["inputs"],
            "outputs": {output["name"]: found.as_numpy(output["name"]).tolist() for output in metadata["outputs"]},
            "types": {output["name"]: str(found.as_numpy(output["name"]).dtype) for output in metadata["outputs"]},
            "usual": usual.as_numpy("unit").tolist(),
            "id": found.get_response()["id"],
            "refusal": refusal,
        }
    )
)
