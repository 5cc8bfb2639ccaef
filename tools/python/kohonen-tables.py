"""The tables nir and yeast of the R package kohonen, as JSON, from Debian's package of it (r-cran-kohonen).

`apt-get download` fetches that package into the folder that the argument names, once; nothing is installed.
"""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import rdata

folder = Path(sys.argv[1])
data = folder / "usr/lib/R/site-library/kohonen/data"
if not data.exists():
    folder.mkdir(parents=True, exist_ok=True)
    subprocess.run(["apt-get", "download", "-qq", "r-cran-kohonen"], cwd=folder, check=True, capture_output=True)
    [package] = folder.glob("r-cran-kohonen_*.deb")
    subprocess.run(["dpkg-deb", "-x", package, folder], check=True)

nir = rdata.read_rda(data / "nir.rda")["nir"]
yeast = rdata.read_rda(data / "yeast.rda")["yeast"]
courses = np.hstack([np.asarray(yeast[name], float) for name in ["alpha", "cdc15", "cdc28", "elu"]])
missing = np.isnan(courses)
json.dump(
    {
        "nir": {
            "rows": np.asarray(nir["spectra"], float).tolist(),
            "shares": np.asarray(nir["composition"], float).tolist(),
            "training": np.asarray(nir["training"], bool).tolist(),
        },
        "yeast": {"rows": np.where(missing, None, courses).tolist(), "missing": int(missing.sum())},
    },
    sys.stdout,
)
