"""Everything that is told of a run: JSON documents, one a line, on the standard output that the run began with."""

import json
import os
import sys
from typing import Any

# Libraries print; their words go to the error stream, so that a line of ours is never cut by theirs.
_lines = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
os.dup2(sys.stderr.fileno(), sys.stdout.fileno())


def tell(kind: str, **values: Any) -> None:
    _lines.write(json.dumps({"type": kind, **values}) + "\n")
    _lines.flush()


class CannotTrain(Exception):
    """Ends the run with this sentence."""
