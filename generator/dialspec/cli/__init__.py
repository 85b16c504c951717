"""The command line. Subcommands load when they are called, so that `dialspec --help` costs next to nothing.

Exit status: 0 done, 1 a problem in specs or drift, 2 wrong usage, 3 output could not be written.
"""

from __future__ import annotations

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
    root(prog_name="dialspec")
