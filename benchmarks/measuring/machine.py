"""Where it was measured, with what, and how busy others kept the machine."""

from __future__ import annotations

import json
import os
import platform
import re
import time
from pathlib import Path
from typing import Final

from benchmarks.measuring.commands import run
from benchmarks.places import BUILD, program
from benchmarks.results import Machine

_LOOK_SECONDS: Final = 2.0
_VERSIONS: Final = (
    "import json, importlib.metadata as m;"
    "print(json.dumps({d.metadata['Name']: d.version for d in m.distributions()}))"
)
_TOOLS: Final = frozenset({"pip", "setuptools"})


def this_machine() -> Machine:
    """Describe this machine, without its name."""
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return Machine(
        processor=_processor(),
        cores=os.cpu_count() or 1,
        memory_gib=round(memory / 2**30, 1),
        system=f"{platform.system()} {platform.release()} {platform.machine()}",
        python=platform.python_version(),
    )


def _processor() -> str:
    text = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    found = re.search(r"^(?:model name|CPU part)\s*:\s*(.+)$", text, re.MULTILINE)
    return found[1] if found else platform.machine()


def versions_in(environment: str) -> dict[str, str]:
    """Name every package of an environment."""
    printed = run([program(environment, "python"), "-c", _VERSIONS], cwd=BUILD.parent).output
    found: dict[str, str] = json.loads(printed)
    return {name: found[name] for name in sorted(found, key=str.lower) if name not in _TOOLS}


def others_share() -> float:
    """Look on for two seconds in which we do nothing: the share of the processors' time that is taken meanwhile."""
    before = _ticks()
    time.sleep(_LOOK_SECONDS)
    after = _ticks()
    total = sum(after) - sum(before)
    idle = (after[3] + after[4]) - (before[3] + before[4])
    return round(1 - idle / total, 3) if total else 0.0


def _ticks() -> list[int]:
    """Ticks of all processors: user, nice, system, idle, waiting for disks, and so on."""
    line = Path("/proc/stat").read_text().partition("\n")[0]
    return [int(part) for part in line.split()[1:9]]
