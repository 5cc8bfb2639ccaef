"""Draws requests from the description of a server's interface, and prints what became of them. Arguments: ADDRESS EXAMPLES."""

import os
import sys
import tempfile

from schemathesis.cli import schemathesis

_, address, examples = sys.argv
# It keeps what it found in the folder that it runs in.
with tempfile.TemporaryDirectory() as folder:
    os.chdir(folder)
    schemathesis(
        ["run", f"{address}/openapi.json", "--checks", "not_a_server_error", "--phases", "fuzzing"]
        + ["--max-examples", examples, "--seed", "1", "--no-color"],
        standalone_mode=False,
    )
