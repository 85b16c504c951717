"""Specs with as many resources as one likes, all alike but for their names."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Final

BASE: Final = Path(__file__).parents[1] / "spec" / "base" / "demo"
_RESOURCE: Final = """\
# yaml-language-server: $schema=../schema.json
resource: calls_{n}
summary: Calls of group {n}.

enums:
  State{n}:
    base: integer
    members:
      1: {{name: open, label: {{en: Open}}}}
      2: {{name: closed, label: {{en: Closed}}}}

types:
  Call{n}:
    summary: One call.
    key: [callId]
    fields:
      callId: {{type: integer, summary: Id of the call.}}
      state: {{type: State{n}, summary: State of the call.}}
  Made{n}:
    summary: What was made.
    fields:
      callId: {{type: integer, summary: Id of the call.}}

endpoints:
  query:
    summary: List calls.
    http: POST /calls{n}/query
    effect: read
    effect_reason: It only lists.
    source: {{page: "https://example.com/calls{n}", retrieved: 2026-11-21}}
    paging: page_number
    request:
      state: {{type: State{n}, filters: state, summary: Only calls in this state.}}
    response: {{record: Call{n}}}
  make:
    summary: Make a call.
    http: POST /calls{n}/make
    effect: unsafe
    source: {{page: "https://example.com/calls{n}", retrieved: 2026-11-21}}
    request:
      count: {{type: integer, minimum: 1, required: true, summary: How many.}}
    response: {{type: Made{n}}}
"""


def write_specs(folder: Path, resources: int) -> Path:
    """Write specs of one provider with this many resources, of two endpoints each."""
    provider = folder / "specs" / "demo"
    provider.mkdir(parents=True)
    shutil.copy(BASE / "provider.yaml", provider)
    for number in range(resources):
        text = _RESOURCE.format(n=f"{number:04}")
        (provider / f"calls_{number:04}.yaml").write_text(text)
    return folder / "specs"
