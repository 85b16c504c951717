"""The page and its plots, as files: written, or compared with what is there."""

from __future__ import annotations

from pathlib import Path

from benchmarks.places import PAGE, PLOTS, REASONS, RESULTS
from benchmarks.report.page import page, plots
from benchmarks.results import read_results


def published() -> dict[Path, str]:
    """Make the page and the plots from the results that are kept."""
    results = read_results(RESULTS)
    reasons = {path.stem: path.read_text(encoding="utf-8") for path in REASONS.glob("*.md")}
    files = {PAGE: page(results, reasons)}
    return files | {PLOTS / name: text for name, text in plots(results).items()}


def publish() -> None:
    """Write them, and remove plots of what is no longer measured."""
    files = published()
    PLOTS.mkdir(parents=True, exist_ok=True)
    for stale in set(PLOTS.glob("*.svg")) - set(files):
        stale.unlink()
    for path, text in files.items():
        path.write_text(text, encoding="utf-8", newline="\n")


def differences() -> list[str]:
    """Name the files that are not what the results make."""
    files = published()
    differing = [
        path.name
        for path, text in files.items()
        if not path.is_file() or path.read_bytes() != text.encode()
    ]
    return sorted(differing + [path.name for path in set(PLOTS.glob("*.svg")) - set(files)])
