"""`python -m benchmarks.contenders MODULE:FUNCTION SETTINGS`: one contender, measured once for each line of input."""

from __future__ import annotations

import importlib
import json
import resource
import sys
import time
from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from benchmarks.contenders.runs import Contender


def main() -> None:
    """Prepare the contender, say so, and answer each line with one measurement."""
    module, _, function = sys.argv[1].partition(":")
    prepare = getattr(importlib.import_module(f"benchmarks.contenders.{module}"), function)
    contender: Contender = prepare(json.loads(sys.argv[2]))
    _say({"ready": 1})
    for line in sys.stdin:
        started = time.process_time()
        figures = dict(contender.run(json.loads(line)))
        figures["cpu_seconds"] = time.process_time() - started
        figures["peak_bytes"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
        _say(figures)
    contender.close()


def _say(answer: Mapping[str, float]) -> None:
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
