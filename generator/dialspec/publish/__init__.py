"""Publication: bring an output folder to what was generated, all or nothing.

In: the generated files in memory (path below the folder -> text). Out: the folder holds them, byte for byte, beside a
`manifest.json` that lists each with its hash. Only bytes that changed are written. A file that is no longer generated
goes, if it still is what was generated. Refused, before anything is written, with a `PublishError`: overwriting or
removing what somebody edited by hand, overwriting a file that is not in the manifest, paths that lead elsewhere,
symlinks, a second run at the same time, and a folder that cannot be written.

`publication` has the steps, `paths` what a path may be, `manifest` and `journal` what is remembered between runs,
`tree` reads and writes files, `lock` keeps a second run out, `drift` compares without writing, and `standing` by
hashes alone.
"""

from dialspec.publish.drift import Drift, check
from dialspec.publish.errors import PublishError
from dialspec.publish.manifest import digest
from dialspec.publish.publication import Publication, publish
from dialspec.publish.standing import holds
from dialspec.publish.tree import write_file, writing

__all__ = [
    "Drift",
    "Publication",
    "PublishError",
    "check",
    "digest",
    "holds",
    "publish",
    "write_file",
    "writing",
]
