r"""Invalid JSON of one known kind, mended.

In: bytes that a strict parser has refused. Out: the same with each lone backslash doubled, or `None` if there
is none. A backslash is lone if what follows it makes no JSON escape (`\e`, `\2`, a `\u` without four
hexadecimal digits): LAAFFIC prints Windows paths that way. A path such as `C:\new` holds a valid escape and
can't be told from a line break; such text stays as the parser reads it.
"""

import re
from typing import Final

_ESCAPE: Final = re.compile(rb'\\(?:(["\\/bfnrt]|u[0-9a-fA-F]{4}))?')


def mend_backslashes(document: bytes) -> bytes | None:
    """Double each lone backslash; outside of strings that mends nothing, and the parser will say so."""
    mended, count = _ESCAPE.subn(lambda match: match[0] if match[1] else b"\\\\", document)
    return mended if count and mended != document else None
