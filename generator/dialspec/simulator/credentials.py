"""Ready-made credentials: nobody needs an account to try a client.

They are a function of seed and provider, say in clear what they are, and no vendor ever issued them.
"""

from __future__ import annotations

from dialspec.api import Provider, Scalar, ScalarKind
from dialspec.simulator.fiction import noise
from dialspec.simulator.wire import Json, spec_value


def credentials_of(provider: Provider, seed: int) -> dict[str, str]:
    """Give the credentials of a provider, by constructor argument."""
    return {
        credential.name: f"simulated-{credential.name.replace('_', '-')}-"
        f"{noise(seed, provider.name, credential.name) % 2**32:08x}"
        for credential in provider.credentials
    }


def settings_of(provider: Provider) -> dict[str, Json]:
    """Give a valid value for each setting of a provider, by constructor argument."""
    values: dict[str, Json] = {}
    for setting in provider.settings:
        field = setting.field
        if field.default is not None:
            values[field.name] = spec_value(field.default)
        elif isinstance(field.type, Scalar) and field.type.kind is ScalarKind.INTEGER:
            values[field.name] = int(field.constraints.minimum or 1)
        else:
            values[field.name] = "simulated"
    return values
