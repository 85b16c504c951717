"""The command line. Subcommands load when they are called, so that `dialspec --help` costs next to nothing.

Exit status: 0 done, 1 a problem in specs or drift, 2 wrong usage, 3 output could not be written.
"""

from __future__ import annotations

import io
import os
import sys


def main() -> None:
    """Run the command line; say what to install if only the base of dialspec is there."""
    try:
        from dialspec.cli.root import root
    except ModuleNotFoundError as missing:
        if missing.name is None or missing.name.split(".")[0] == "dialspec":
            raise
        sys.exit(
            f"dialspec: the command line needs {missing.name}; "
            "install it with: pip install 'dialspec[generator]'"
        )
    _accept_any_text()
    try:
        root(prog_name="dialspec")
    except OSError as error:
        if not _is_of_printing(error):
            raise
        _print_nothing_more()
        reason = error.strerror or type(error).__name__
        print(f"dialspec: the output could not be printed: {reason}", file=sys.stderr)  # noqa: T201
        sys.exit(3)


def _accept_any_text() -> None:
    """Print what an encoding lacks as an escape: specs hold Chinese, and a terminal or pipe may be set to Latin-1."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _is_of_printing(error: OSError) -> bool:
    """Whether it was raised where click prints."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return trace is not None and trace.tb_frame.f_globals.get("__name__") == "click.utils"


def _print_nothing_more() -> None:
    """Let what is still to be printed go, so that Python does not try again, and fail again, at its end."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
