"""`python -m benchmarks.contenders MODULE:FUNCTION SETTINGS`: one contender, measured once for each line of input."""

from __future__ import annotations

import importlib
import json
import sys
import time
from collections.abc import Mapping
from pathlib import Path
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
        figures["peak_bytes"] = _peak_bytes()
        _say(figures)
    contender.close()


def _peak_bytes() -> int:
    """The most memory that this process ever had; `getrusage` would count what its parent had when it was made."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return next(
        int(line.split()[1]) * 1024 for line in status.splitlines() if line.startswith("VmHWM:")
    )


def _say(answer: Mapping[str, float]) -> None:
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
