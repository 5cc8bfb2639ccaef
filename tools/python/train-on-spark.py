"""Trains maps on a real Spark, on the same rows in other partitions, scores rows, and runs what the guide shows:
FOLDER SOM_COMMAND FLAKY_COMMAND OPTIONS GUIDE

FOLDER has rows.parquet, and gets a map of each run; what else was found is printed as JSON.
"""

import functools
import json
import os
import re
import sys

import pyarrow as pa
import pyarrow.parquet as pq

folder, command, flaky, wanted, guide = sys.argv[1:]
sys.path.insert(0, os.path.abspath(os.path.join(os.path.dirname(__file__), "../../python/som-spark/src")))
# Spark keeps the folder that it is started in: the guide's programs find their table there.
os.makedirs(os.path.join(folder, "guide"))
os.chdir(os.path.join(folder, "guide"))
# The Python beside the partitions is this one.
os.environ["PYSPARK_PYTHON"] = sys.executable

import som.spark  # noqa: E402
from pyspark.sql import SparkSession  # noqa: E402

session = (
    # Two at once; a task may fail three times.
    SparkSession.builder.master("local[2,4]")
    .config("spark.ui.enabled", "false")
    .config("spark.driver.bindAddress", "127.0.0.1")
    .config("spark.driver.host", "127.0.0.1")
    .config("spark.local.dir", os.path.join(folder, "local"))
    .config("spark.sql.warehouse.dir", os.path.join(folder, "warehouse"))
    .config("spark.log.level", "OFF")
    # A file is a partition, however small or large.
    .config("spark.sql.files.maxPartitionBytes", "1g")
    .config("spark.sql.files.openCostInBytes", "1g")
    .config("spark.ui.showConsoleProgress", "false")
    .getOrCreate()
)
table = pq.read_table(os.path.join(folder, "rows.parquet"))
options = json.loads(wanted)
found = {"epochs": {}}


def divided(cuts):
    """The rows as a DataFrame whose partitions end at these rows."""
    parts = []
    for i, (start, end) in enumerate(zip([0, *cuts], [*cuts, table.num_rows])):
        path = os.path.join(folder, f"part-{len(cuts)}-{i}.parquet")
        pq.write_table(table.slice(start, end - start), path)
        parts.append(session.read.parquet(path))
    return functools.reduce(lambda a, b: a.union(b), parts)


def refusal(work):
    """What the driver is told where work fails."""
    try:
        work()
    except Exception as error:  # noqa: BLE001 - its text is what is tested
        lines = [line for line in str(error).splitlines() if "WorkerError" in line]
        return f"{type(error).__name__}: {lines[-1].split('WorkerError: ')[-1] if lines else error}"
    return "nothing"


runs = {
    "1": (divided([]), {"som": command}),
    # A partition without a row, and cuts within chunks.
    "3": (divided([5, 5]), {"som": command, "spool": False}),
    # Workers that are killed, which Spark starts again.
    "7": (divided([1, 9000, 20000, 20001, 27000, 32900]), {"som": flaky, "checkpoint": os.path.join(folder, "left")}),
}
for name, (rows, given) in runs.items():
    epochs = found["epochs"][name] = []
    trained = som.spark.train(rows, on_epoch=epochs.append, **given, **options)
    trained.save(os.path.join(folder, f"spark-{name}.som"))

rows = runs["7"][0]
found["partitions"] = {name: frame.rdd.getNumPartitions() for name, (frame, _) in runs.items()}
loaded = som.spark.load(os.path.join(folder, "spark-1.som"), som=command)
matched = loaded.match(rows, prefix="som_")
found["columns"] = matched.dtypes[-7:]
found["units"] = [row[0] for row in matched.select("som_unit").collect()]
found["refused"] = {
    "options": refusal(lambda: som.spark.train(rows, som=command, rule="online", epoch=3)),
    "columns": refusal(lambda: som.spark.train(rows.selectExpr("'x' as word", "f1"), ["word", "f1"], som=command)),
    "command": refusal(lambda: som.spark.train(rows, som="no-such-command")),
    "match": refusal(lambda: loaded.match(rows.drop("f3"))),
    "taken": refusal(lambda: loaded.match(rows.withColumnRenamed("f1", "unit"))),
}

# The programs of the guide, as its reader types them, on a table with the columns that they name.
os.environ["SOM_COMMAND"] = command
few = table.slice(0, 1000).select(["f1", "f2", "f3"]).rename_columns(["age", "income", "visits"])
pq.write_table(few.append_column("id", pa.array(range(1000, 0, -1))), "rows.parquet")
with open(guide) as page:
    blocks = re.findall(r"^```python\n(.*?)^```$", page.read(), re.S | re.M)
names = {"spark": session}
for block in blocks:
    exec(block, names)  # noqa: S102 - the repository's own page
found["guide"] = {"blocks": len(blocks), "matched": session.read.parquet("matched").count()}
# Before Spark removes its own folders.
found["chunks"] = [name for _, _, names in os.walk(folder) for name in names if name.endswith(".f64")]
session.stop()
print(json.dumps(found))
