"""Draws requests from the description of a server's interface, and prints what became of them. Arguments: ADDRESS EXAMPLES."""

import sys

from schemathesis.cli import schemathesis

_, address, examples = sys.argv
schemathesis(
    ["run", f"{address}/openapi.json", "--checks", "not_a_server_error", "--phases", "fuzzing"]
    + ["--max-examples", examples, "--seed", "1", "--no-color"]
)
