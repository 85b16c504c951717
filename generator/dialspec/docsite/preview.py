"""A preview of the site on loopback, kept fresh while pages are being written.

In: the folders of the pages, an address. Out: nothing; it runs until it is interrupted. Pages are staged again
whenever one of them changes, and the site generator's own server reloads the browser.
"""

from __future__ import annotations

import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from dialspec.docsite.build import generator_command, require_generator, stage_site
from dialspec.docsite.configuration import FILE_NAME
from dialspec.docsite.pages import (
    PICTURES,
    SiteError,
    Sources,
    collect_pages,
    collect_pictures,
)

_PAUSE: Final = 0.5
_GRACE: Final = 5.0
_WATCHED: Final = PICTURES | {".md"}


def serve_site(
    sources: Sources,
    address: str,
    title: str = "dialspec",
    report: Callable[[str], None] = print,
) -> None:
    """Serve the site at `address` (`127.0.0.1:8000`) until interrupted; problems of pages go to `report`."""
    require_generator()
    with tempfile.TemporaryDirectory(prefix="dialspec-site-") as folder:
        stage = Path(folder)
        stage_site(collect_pages(sources), stage, title, collect_pictures(sources))
        server = subprocess.Popen(  # noqa: S603 - our own interpreter; the address is one argument
            generator_command("serve", "--config-file", FILE_NAME, "--dev-addr", address),
            cwd=stage,
            stdin=subprocess.DEVNULL,
        )
        try:
            _keep_fresh(sources, stage, title, server, report)
        finally:
            _stop(server)


def _keep_fresh(
    sources: Sources,
    stage: Path,
    title: str,
    server: subprocess.Popen[bytes],
    report: Callable[[str], None],
) -> None:
    seen = fingerprint(sources)
    while server.poll() is None:
        time.sleep(_PAUSE)
        now = fingerprint(sources)
        if now == seen:
            continue
        seen = now
        try:
            stage_site(collect_pages(sources), stage, title, collect_pictures(sources))
        except (SiteError, OSError) as error:  # a page half written; the next change mends it
            report(f"not refreshed: {error}")
    raise SiteError(f"the server of the preview ended with status {server.returncode}")


def fingerprint(sources: Sources) -> frozenset[tuple[str, int, int]]:
    """Tell apart two states of the folders: names, times of change, sizes."""
    found: set[tuple[str, int, int]] = set()
    for folder in (sources.written, sources.generated):
        for path in folder.rglob("*.*"):
            if path.suffix not in _WATCHED:
                continue
            try:
                status = path.stat()
            except OSError:  # gone between the listing and the look
                continue
            found.add((str(path), status.st_mtime_ns, status.st_size))
    return frozenset(found)


def _stop(server: subprocess.Popen[bytes]) -> None:
    if server.poll() is None:
        server.terminate()
        try:
            server.wait(_GRACE)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()
