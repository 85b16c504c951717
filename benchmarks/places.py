"""Where things lie: the checkout, what is built for measuring, and the environments of contenders."""

from __future__ import annotations

from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1]
BUILD: Final = ROOT / "build" / "bench"
"""Everything that a run makes; it may be deleted at any time."""
ENVIRONMENTS: Final = ROOT / ".venv-bench"
RESULTS: Final = ROOT / "benchmarks" / "results" / "latest.json"
REASONS: Final = ROOT / "benchmarks" / "reasons"
"""Why a figure can't be reached, with its profile: one file for each line of the reach."""
PAGE: Final = ROOT / "docs" / "benchmarks.md"
PLOTS: Final = ROOT / "docs" / "benchmarks"

DIALSPEC: Final = "dialspec"
"""The environment of ours and of the floors: what `pip install 'dialspec[simulator]'` gives, and the floors' libraries."""
PEERS: Final = "peers"
"""The environment of the other generators and of what they generate."""
OPENAI: Final = "openai"
"""The environment of openai-python, which brings an HTTP library of its own."""
SNIFFIO: Final = "sniffio"
"""The environment of ours and httpx with sniffio beside them, which makes the locks of httpcore faster."""
ALL_ENVIRONMENTS: Final = (DIALSPEC, PEERS, OPENAI, SNIFFIO)


def program(environment: str, name: str) -> Path:
    """A program of one environment, such as `python`."""
    return ENVIRONMENTS / environment / "bin" / name
