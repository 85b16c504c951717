"""What is remembered of one project: its last run of `generate` with the same options."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from dialspec.cache.runs import Generated, Inputs, Runs
from dialspec.publish import digest, holds

if TYPE_CHECKING:
    from dialspec.cache.parts import EarlierParts
    from dialspec.pipeline import Built


class Memory:
    """The last run from a folder of specs, for one package and one folder of a user's templates."""

    def __init__(self, specs: Path, package: str, templates: Path | None) -> None:
        self._specs = specs
        self._settings = (package, "" if templates is None else str(templates.resolve()))
        self._templates = templates
        self._runs = Runs.of_user()
        self._inputs = self._inputs_now()
        self._last = self._runs.generated(specs, self._settings)

    def unchanged_files(self, out: Path) -> int | None:
        """The number of files in `out` if all that would be generated stands there already; else None."""
        if self._last is None or self._last.inputs != self._inputs:
            return None
        try:
            schema = (self._specs / "schema.json").read_bytes()
        except OSError:
            return None
        stands = digest(schema) == self._last.schema and holds(out, self._last.files)
        return len(self._last.files) if stands else None

    def parts(self, out: Path) -> EarlierParts | None:
        """The parts that the last run left in `out`; None if it cannot be told on what they would depend."""
        from dialspec.cache.parts import EarlierParts

        return None if self._inputs is None else EarlierParts(self._inputs.tool, out, self._last)

    def remember(self, built: Built) -> None:
        """Keep what this run gave, unless somebody changed something meanwhile."""
        from dialspec.spec.schema import schema_text

        if self._inputs is None or self._inputs != self._inputs_now():
            return
        hashes = {
            path: digest(text.encode("utf-8", "surrogatepass"))
            for path, text in built.files.items()
        }
        run = Generated(self._inputs, hashes, digest(schema_text().encode()), built.parts)
        self._runs.remember_generated(self._specs, self._settings, run)

    def _inputs_now(self) -> Inputs | None:
        return Inputs.of(self._specs, self._settings, self._templates)
