"""What the vendor's pages show: where a fact was read, where a page contradicts itself, its printed examples."""

from __future__ import annotations

from pydantic import Field

from dialspec.spec.language.notation import Date, SpecModel
from dialspec.text import SpecText


class Source(SpecModel):
    """Where a fact was read: the page, and when."""

    page: SpecText = Field(description="Address of the vendor's page.")
    retrieved: Date | None = Field(default=None, description="When it was read.")
    also: list[SpecText] = Field(default_factory=list, description="Further copies or pages used.")
    note: SpecText | None = None


class Deviation(SpecModel):
    """A place where a page's table and its own example (or another page) disagree, and what we do about it."""

    at: SpecText = Field(description="Where: request.taskId, response.data, errors.-2, path, …")
    documented: SpecText = Field(description="What the table says.")
    observed: SpecText = Field(description="What the example, or another page, shows.")
    handled: SpecText = Field(description="What the generated client does.")


class ExampleSpec(SpecModel):
    """A documented example, verbatim: JSON text here, or the name of a file in `examples/` beside the spec."""

    title: SpecText | None = None
    target: SpecText | None = Field(
        default=None,
        description="Path and query of the request as printed, where it has no body: `/v1/tasks?id=1`.",
    )
    request: SpecText | None = None
    response: SpecText | None = None
    invalid: SpecText | None = Field(
        default=None, description="Why the text, as printed, is not valid JSON."
    )
    cut: SpecText | None = Field(
        default=None,
        description="Where the copy of the text ends that was read, if before its end.",
    )
    shortened: SpecText | None = Field(
        default=None,
        description="What the copy that was read leaves out, if it is valid JSON but not the whole text.",
    )
    note: SpecText | None = None
