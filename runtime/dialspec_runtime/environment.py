"""Arguments of a client, read from environment variables.

In: which argument has which variable. Out: their values. Refused, all missing ones in one go: variables that are
not set or empty.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from .errors import ConfigurationError, CredentialsError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .provider import ProviderInfo


def read_environment(provider: ProviderInfo, variables: Mapping[str, str]) -> dict[str, str]:
    """Return the value of each variable by the name of its argument.

    Raises:
        CredentialsError: some are not set, or empty; the message names every one of them.
    """
    values = {
        argument: os.environ.get(variable, "").strip() for argument, variable in variables.items()
    }
    missing = [variables[argument] for argument, value in values.items() if not value]
    if missing:
        noun = "variable" if len(missing) == 1 else "variables"
        raise CredentialsError(f"{provider.title}: set the environment {noun} {', '.join(missing)}")
    return values


def integer_from_environment(provider: ProviderInfo, variable: str, text: str) -> int:
    """Return a variable's text as a number.

    Raises:
        ConfigurationError: it is no whole number.
    """
    if text.isascii() and text.isdigit():
        return int(text)
    raise ConfigurationError(
        f"{provider.title}: the environment variable {variable} has to be a whole number"
    )
