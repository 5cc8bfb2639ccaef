"""Asks a scoring server for rows by MLflow's own client, in each form that the client or MLflow's protocol has: prints the units that it gives.

Called as `python ask-invocations.py ADDRESS ROWS.json`, with rows of the columns a and b.
"""

import json
import sys
from urllib.parse import urlsplit

import numpy
import pandas
import requests
from mlflow.pyfunc.scoring_server.client import ScoringServerClient

address, path = sys.argv[1:]
with open(path, encoding="utf-8") as file:
    rows = json.load(file)
frame = pandas.DataFrame(rows, columns=["a", "b"])
place = urlsplit(address)
client = ScoringServerClient(place.hostname, place.port)
client.wait_server_ready()
assert client.get_version()

JSON = "application/json"


def units(data, **more):
    return client.invoke(data, **more).get_predictions()["unit"].tolist()


def sent(data, kind):
    answer = requests.post(f"{address}/invocations", data=data, headers={"Content-Type": kind}, timeout=60)
    return [row["unit"] for row in answer.json()["predictions"]]


print(
    json.dumps(
        {
            "frame": units(frame),
            "turned": units(frame[["b", "a"]]),
            "records": sent(json.dumps({"dataframe_records": frame.to_dict("records")}), JSON),
            "array": units(frame.to_numpy()),
            "columns": sent(json.dumps({"inputs": frame.to_dict("list")}), JSON),
            "single precision": units(frame.to_numpy().astype(numpy.float32)),
            "params": units(frame, params={"temperature": 1}),
            "csv": sent(frame.to_csv(index=False), "text/csv"),
        }
    )
)
