"""Writes drawn rows with missing values as Parquet: FILE ROWS FEATURES"""

import sys

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

path, rows, features = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
source = np.random.default_rng(5)
groups = source.normal(size=(7, features)) * 3
values = groups[source.integers(0, 7, rows)] + source.normal(size=(rows, features)) * 10.0 ** (np.arange(features) % 5)
missing = source.random((rows, features)) < 0.002
columns = {f"f{f}": pa.array(values[:, f], mask=missing[:, f]) for f in range(features)}
pq.write_table(pa.table(columns), path)
