"""Where a vendor is reached.

In: the text of `base_url=`. Out: its parts, checked. Refused with `ConfigurationError`: anything but
`https://host[:port][/prefix]`; plain `http://` goes to this machine only, unless it is asked for by name,
because signatures of these vendors can be used again by whoever reads them.
"""

from typing import Final
from urllib.parse import quote, urlsplit

from .errors import ConfigurationError
from .frozen import frozen

MOST_CACHED_URLS: Final = 256
"""How many addresses below a base URL are kept in the form that an HTTP library takes."""


@frozen
class BaseUrl:
    """The parts of a base URL."""

    text: str
    scheme: str
    netloc: str
    """Host, and port if it is not the scheme's own: the value of the `Host` header."""
    prefix: str
    """The path in front of every path; empty, or with a leading and without a trailing slash."""

    @classmethod
    def parse(cls, text: object, *, allow_plain_http: bool) -> "BaseUrl":
        """Read and check a base URL."""
        if not isinstance(text, str) or not text.isascii() or any(each <= " " for each in text):
            raise ConfigurationError(
                "base_url has to be text in ASCII without spaces, such as https://203.0.113.7:28443"
            )
        try:
            parts = urlsplit(text)
            host, port = parts.hostname, parts.port
        except ValueError as error:
            raise ConfigurationError(f"base_url can't be read: {error}") from None
        if parts.scheme not in {"http", "https"} or not host:
            raise ConfigurationError("base_url has to look like https://host[:port][/prefix]")
        if parts.username is not None or parts.password is not None:
            raise ConfigurationError(
                "base_url holds a user name: credentials have arguments of their own"
            )
        if parts.query or parts.fragment:
            raise ConfigurationError(
                "base_url holds a query or fragment: leave out what follows the path"
            )
        if parts.scheme == "http" and not (allow_plain_http or _is_this_machine(host)):
            raise ConfigurationError(
                f"base_url sends credentials to {host} over plain http: use https, or say allow_plain_http=True"
            )
        shown = f"[{host}]" if ":" in host else host
        is_default = port in {None, 443 if parts.scheme == "https" else 80}
        netloc = shown if is_default else f"{shown}:{port}"
        prefix = quote(parts.path.rstrip("/"), safe="/%:@!$&'()*+,;=-._~")
        return cls(f"{parts.scheme}://{netloc}{prefix}", parts.scheme, netloc, prefix)


def _is_this_machine(host: str) -> bool:
    if host == "localhost" or host.endswith(".localhost"):
        return True
    import ipaddress  # only plain http asks

    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
