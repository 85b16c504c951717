"""Contenders that stay alive between rounds, each in a process and an environment of its own.

One line of JSON asks, one line answers. A worker ends when its standard input does, so that none outlives the run.
"""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from benchmarks.measuring.rounds import Figures
from benchmarks.places import ROOT, program

_GRACE_SECONDS: Final = 10.0


class WorkerFailedError(RuntimeError):
    """A worker that ended or complained; its own traceback stands above, on standard error."""


class Process:
    """A process of our own that speaks lines of JSON; its first line says that it is ready."""

    def __init__(
        self, environment: str, module: str, *arguments: str, clients: Path | None = None
    ) -> None:
        self._name = " ".join((module, *arguments))
        path = os.pathsep.join(str(folder) for folder in (ROOT, clients) if folder)
        self._process = subprocess.Popen(
            [str(program(environment, "python")), "-m", module, *arguments],
            cwd=ROOT,
            env=os.environ | {"PYTHONPATH": path, "PYTHONWARNINGS": "ignore"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        try:
            self.greeting = self._answer()
        except BaseException:
            self.close()
            raise

    def ask(self, **question: object) -> Mapping[str, float]:
        """Ask, and wait for the answer."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(question) + "\n")
        self._process.stdin.flush()
        return self._answer()

    def _answer(self) -> Mapping[str, float]:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise WorkerFailedError(f"{self._name} ended")
        answer: Mapping[str, float] = json.loads(line)
        return answer

    def close(self) -> None:
        """End the process: politely, then not."""
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                stream.close()
        try:
            self._process.wait(_GRACE_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()


class Worker(Process):
    """A process with one contender: `module:function` below `benchmarks.contenders`."""

    def __init__(
        self,
        environment: str,
        contender: str,
        settings: Mapping[str, object],
        *,
        clients: Path | None = None,
    ) -> None:
        super().__init__(
            environment,
            "benchmarks.contenders",
            contender,
            json.dumps(settings),
            clients=clients,
        )

    def measured(self, **question: object) -> Figures:
        """Let the contender run once."""
        facts = dict(self.ask(**question))
        value = facts.pop("value")
        peak = facts.pop("peak_bytes")
        return Figures(value, facts.pop("cpu_seconds"), int(peak), facts)
