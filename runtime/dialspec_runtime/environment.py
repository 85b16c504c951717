"""Arguments of a client, read from environment variables.

In: a provider, which says what variable stands for which argument. Out: their values. Refused, all in one go:
variables that are not set or empty.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from .errors import ConfigurationError, CredentialsError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .provider import ProviderInfo


@dataclass(frozen=True, slots=True)
class Environment:
    """The values found, by the name of the argument; its repr shows none of them."""

    provider: ProviderInfo
    values: Mapping[str, str] = field(repr=False)

    def __getitem__(self, argument: str) -> str:
        """Return the value of an argument."""
        return self.values[argument]

    def integer(self, argument: str) -> int:
        """Return the value of an argument that is a number.

        Raises:
            ConfigurationError: it is no whole number.
        """
        text = self.values[argument]
        if text.isascii() and text.isdigit():
            return int(text)
        variable = self.provider.variable(argument)
        raise ConfigurationError(
            f"{self.provider.title}: the environment variable {variable} has to be a whole number"
        )


def read_environment(
    provider: ProviderInfo, *, base_url: str | None = None, default_base_url: str | None = None
) -> Environment:
    """Return the value of each variable of `provider` by the name of its argument.

    Args:
        provider: Whose variables to read.
        base_url: Used instead of the variable of the base URL.
        default_base_url: Used if neither is given.

    Raises:
        CredentialsError: some are not set, or empty; the message names every one of them.
    """
    values: dict[str, str] = {}
    missing: list[str] = []
    for argument, variable in provider.environment.items():
        value = os.environ.get(variable, "").strip()
        if argument == "base_url":
            value = base_url or value or default_base_url or ""
        values[argument] = value
        if not value:
            missing.append(variable)
    if missing:
        noun = "variable" if len(missing) == 1 else "variables"
        raise CredentialsError(f"{provider.title}: set the environment {noun} {', '.join(missing)}")
    return Environment(provider, values)
