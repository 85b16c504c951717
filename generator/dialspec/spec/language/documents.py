"""The files of a specs folder: one model per kind."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from dialspec.spec.language.endpoints import EndpointSpec, LeftOutSpec, PushSpec
from dialspec.spec.language.evidence import Source
from dialspec.spec.language.fields import EnumSpec, FieldGroups, TypeSpec
from dialspec.spec.language.notation import HeaderName, HeaderValue, PathPrefix, SpecModel
from dialspec.spec.language.protocol import (
    AuthV2Spec,
    ClockSpec,
    CodeGroup,
    Codes,
    Credential,
    EnvelopeSpec,
    Md5SignSpec,
    PagingSpec,
    RetrySpec,
    ServerSpec,
    Setting,
)
from dialspec.text import ClassName, PythonName, SpecText


class ResourceSpec(SpecModel):
    """One resource: a group of endpoints that become one attribute of the client."""

    resource: PythonName
    title: SpecText | None = None
    summary: SpecText | None = None
    enums: dict[ClassName, EnumSpec] = Field(default_factory=dict)
    types: dict[ClassName, TypeSpec] = Field(default_factory=dict)
    field_groups: FieldGroups = Field(default_factory=dict)
    endpoints: dict[PythonName, EndpointSpec] = Field(default_factory=dict)
    pushes: dict[PythonName, PushSpec] = Field(default_factory=dict)
    left_out: dict[PythonName, LeftOutSpec] = Field(
        default_factory=dict,
        description="Endpoints that are known of but not described, by the method name they would get.",
    )


class SharedSpec(SpecModel):
    """What a platform and a provider may both define."""

    auth: Annotated[Md5SignSpec | AuthV2Spec, Field(discriminator="scheme")] | None = None
    headers: dict[HeaderName, HeaderValue] = Field(
        default_factory=dict, description="Sent with every request."
    )
    envelopes: dict[PythonName, EnvelopeSpec] = Field(default_factory=dict)
    paging: dict[PythonName, PagingSpec] = Field(default_factory=dict)
    errors: dict[PythonName, Codes] = Field(default_factory=dict, description="Families of codes.")
    code_groups: dict[PythonName, CodeGroup] = Field(
        default_factory=dict, description="Codes that several pages list alike, by name."
    )
    retry: RetrySpec | None = None
    clock: ClockSpec | None = None
    enums: dict[ClassName, EnumSpec] = Field(default_factory=dict)
    types: dict[ClassName, TypeSpec] = Field(default_factory=dict)
    field_groups: FieldGroups = Field(default_factory=dict)
    notes: list[SpecText] = Field(default_factory=list)
    sources: list[Source] = Field(default_factory=list)


class PlatformSpec(SharedSpec):
    """A platform that several brands sell; its resource files describe endpoints once for all of them."""

    platform: PythonName
    title: SpecText
    summary: SpecText
    prefixes: dict[PythonName, PathPrefix] = Field(
        default_factory=dict, description="Path prefixes that brands replace: `{voice}` in `http:`."
    )


class ProviderSpec(SharedSpec):
    """A vendor, or one brand of a platform."""

    provider: PythonName
    platform: PythonName | None = Field(
        default=None, description="Folder of the platform that this brand sells."
    )
    title: SpecText
    summary: SpecText
    client: ClassName
    server: ServerSpec
    prefixes: dict[PythonName, PathPrefix] = Field(default_factory=dict)
    credentials: dict[PythonName, Credential]
    settings: dict[PythonName, Setting] = Field(default_factory=dict)
