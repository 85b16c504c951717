"""Everything that can go wrong, as exceptions.

    DialspecError
    ├── ConfigurationError            the client was set up or used in a way that can't work
    │   ├── CredentialsError          a key or secret is missing, empty, or can't be sent
    │   └── InferredEndpointError     the vendor's own pages lack the endpoint, and nobody consented to it
    ├── InvalidArgument               refused before anything was sent (also a ValueError)
    ├── TransportError                no complete answer arrived
    │   ├── ConnectionFailed          no connection was made: the vendor has seen nothing
    │   ├── ConnectionLost            the line broke after the request left, or may have left
    │   └── RequestTimeout            a phase took longer than `timeout=`
    │       └── DeadlineExceeded      the whole call took longer than `deadline=`
    ├── HttpStatusError               not a 2xx answer, and not the vendor's envelope either
    ├── DecodeError                   an answer that is not what the vendor documents
    │   └── ResponseTooLarge          an answer longer than `max_response_bytes=`
    └── ApiError                      the vendor says no, with a result code
        ├── AuthenticationError           the key, the secret or the signature was refused
        ├── PermissionDenied              the account or the IP address may not do this
        ├── ClockError                    the timestamp was refused, and could not be mended
        ├── InvalidParameterError         the vendor refused a parameter
        ├── ConflictError                 it exists already
        ├── NotFoundError                 it does not exist
        ├── StateError                    its state forbids it
        ├── BalanceError                  the account has too little money
        ├── LimitError                    too often, or too many
        ├── ServerError                   the vendor had a problem of its own
        └── UnknownCodeError              the code is not documented

Each prints in one line, pickles, and says whose fault it was, how many requests were sent, whether sending
the same call again can do harm, and after how long that makes sense. Secrets are never in them, and
telephone numbers not in what they print.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, Literal

from .codes import DocumentedCode, ErrorKind
from .frozen import frozen
from .reply import Reply

Fault = Literal["caller", "network", "vendor"]


@frozen
class Circumstances:
    """What is known about the call that failed; the same for every kind of failure."""

    provider: str = ""
    endpoint: str = ""
    attempts: int = 0
    is_retry_safe: bool = True
    retry_after: float | None = None
    docs_url: str | None = None
    response: Reply | None = None


NO_CALL: Final = Circumstances()


def circumstances_of(full_name: str) -> Circumstances:
    """What is known where only the endpoint is, by a name such as `nio preview_tasks.list_numbers`."""
    provider, _, endpoint = full_name.rpartition(" ")
    return Circumstances(provider=provider, endpoint=endpoint)


class InvalidJsonWarning(UserWarning):
    """An answer was invalid JSON of a known kind (a lone backslash inside a string) and was mended."""


class DialspecError(Exception):
    """The root of all exceptions that the clients raise on purpose."""

    def __init__(self, message: str, circumstances: Circumstances = NO_CALL) -> None:
        super().__init__(message)
        self.circumstances = circumstances

    @property
    def message(self) -> str:
        """The one line that is printed."""
        return str(self.args[0])

    @property
    def fault(self) -> Fault:
        """Whose fault it was: the caller's, the network's or the vendor's."""
        return "caller"

    @property
    def provider(self) -> str:
        """The vendor's short name, such as `nio`."""
        return self.circumstances.provider

    @property
    def endpoint(self) -> str:
        """The endpoint, such as `preview_tasks.list_numbers`; empty when no call was made."""
        return self.circumstances.endpoint

    @property
    def attempts(self) -> int:
        """How many requests were sent, or tried to be sent."""
        return self.circumstances.attempts

    @property
    def is_retry_safe(self) -> bool:
        """Whether sending the same call again can't make anything happen twice."""
        return self.circumstances.is_retry_safe

    @property
    def retry_after(self) -> float | None:
        """Seconds the vendor asked to wait, if it did."""
        return self.circumstances.retry_after

    @property
    def docs_url(self) -> str | None:
        """The vendor's page of the endpoint, if its spec names one."""
        return self.circumstances.docs_url

    @property
    def response(self) -> Reply | None:
        """The raw answer (`status_code`, `headers`, `content`); its repr shows no content."""
        return self.circumstances.response

    @property
    def status_code(self) -> int | None:
        """The HTTP status of the answer, if there was one."""
        return None if self.response is None else self.response.status_code

    @property
    def request_id(self) -> str | None:
        """The vendor's own identification of the request, if the answer had one."""
        return None if self.response is None else self.response.request_id

    def __reduce__(self) -> tuple[object, ...]:
        return _rebuilt, (type(self), self.args, dict(self.__dict__))


def _rebuilt(
    cls: type[DialspecError], args: tuple[object, ...], state: dict[str, object]
) -> DialspecError:
    """Make an exception anew from its pickled parts, whatever its constructor asks for."""
    error = cls.__new__(cls, *args)
    error.__dict__.update(state)
    return error


class ConfigurationError(DialspecError):
    """The client was set up, or is used, in a way that can't work."""


class CredentialsError(ConfigurationError):
    """A key or secret is missing, empty, or holds characters that can't be sent."""


class InferredEndpointError(ConfigurationError):
    """The endpoint is inferred from another brand's pages; calling it takes `allow_inferred=True`."""


class InvalidArgument(DialspecError, ValueError):  # noqa: N818  # says what happened
    """An argument was refused before anything was sent."""

    def __init__(
        self, message: str, circumstances: Circumstances = NO_CALL, *, parameter: str = ""
    ) -> None:
        super().__init__(message, circumstances)
        self.parameter = parameter
        """The Python name of the argument."""


class TransportError(DialspecError):
    """No complete answer arrived."""

    @property
    def fault(self) -> Fault:
        """The network's, as far as can be seen from here."""
        return "network"


class ConnectionFailed(TransportError):  # noqa: N818  # says what happened
    """No connection was made, so the vendor has seen nothing of the request."""


class ConnectionLost(TransportError):  # noqa: N818  # says what happened
    """The line broke after the request had left, or may have left."""


class RequestTimeout(TransportError):  # noqa: N818  # says what happened
    """Connecting, sending, or waiting for the answer took longer than `timeout=` allows."""


class DeadlineExceeded(RequestTimeout):
    """The whole call, with its pauses and tries, took longer than `deadline=` allows."""


class HttpStatusError(DialspecError):
    """The answer has an HTTP status other than 2xx and is not the vendor's envelope."""

    @property
    def fault(self) -> Fault:
        """The vendor's for 5xx, 408 and 429, else the caller's."""
        status = self.status_code or 0
        return "vendor" if status >= 500 or status in {408, 429} else "caller"


class DecodeError(DialspecError):
    """The answer is not what the vendor documents."""

    def __init__(
        self,
        message: str,
        circumstances: Circumstances = NO_CALL,
        *,
        where: str = "",
        excerpt: str = "",
    ) -> None:
        super().__init__(message, circumstances)
        self.where = where
        """The place in the document, such as `data.records[3].keyId`; empty if it could not be read at all."""
        self.excerpt = excerpt
        """A short piece of the answer, with what is sensitive masked."""

    @property
    def fault(self) -> Fault:
        """The vendor's."""
        return "vendor"


class ResponseTooLarge(DecodeError):  # noqa: N818  # says what happened
    """The answer is longer than `max_response_bytes=` allows; the rest was not read."""


class ApiError(DialspecError):
    """The vendor answered with a result code that is not success."""

    kind: ErrorKind = ErrorKind.UNKNOWN
    """What went wrong, in terms that hold for every vendor."""

    def __init__(
        self,
        message: str,
        circumstances: Circumstances = NO_CALL,
        *,
        code: str = "",
        documented: DocumentedCode | None = None,
        vendor_text: str = "",
    ) -> None:
        super().__init__(message, circumstances)
        self.code = code
        """The result code as text, as the vendor sent it."""
        self.documented = documented
        """The row of the vendor's code table, if there is one."""
        self.vendor_text = vendor_text
        """The text that came with the code; it may hold telephone numbers, unlike what is printed."""

    @property
    def meaning(self) -> str:
        """The documented meaning, in English; empty for a code that is not documented."""
        return "" if self.documented is None else self.documented.meaning

    @property
    def meanings(self) -> Mapping[str, str]:
        """The documented meaning as the vendor prints it, by language."""
        return MappingProxyType({}) if self.documented is None else self.documented.labels

    @property
    def advice(self) -> str | None:
        """What to do about it, if the documentation has something to say."""
        return None if self.documented is None else self.documented.advice

    @property
    def transient(self) -> bool:
        """Whether the same request may succeed a little later."""
        return self.documented is not None and self.documented.transient

    @property
    def fault(self) -> Fault:
        """The vendor's for its own problems and for undocumented codes, else the caller's."""
        return "vendor" if self.kind in {ErrorKind.SERVER, ErrorKind.UNKNOWN} else "caller"


class AuthenticationError(ApiError):
    """The key, the secret or the signature was refused."""

    kind = ErrorKind.AUTHENTICATION


class PermissionDenied(ApiError):  # noqa: N818  # says what happened
    """The account, or the address it calls from, may not do this."""

    kind = ErrorKind.PERMISSION


class ClockError(ApiError):
    """The timestamp was refused, and the answer gave no way to mend it, or mending did not help."""

    kind = ErrorKind.CLOCK

    def __init__(
        self,
        message: str,
        circumstances: Circumstances = NO_CALL,
        *,
        code: str = "",
        documented: DocumentedCode | None = None,
        vendor_text: str = "",
        offset: float | None = None,
    ) -> None:
        super().__init__(
            message, circumstances, code=code, documented=documented, vendor_text=vendor_text
        )
        self.offset = offset
        """Seconds by which the vendor's clock is ahead of this machine's, if the answer told."""


class InvalidParameterError(ApiError):
    """The vendor refused a parameter."""

    kind = ErrorKind.INVALID_PARAMETER


class ConflictError(ApiError):
    """What is to be made exists already."""

    kind = ErrorKind.CONFLICT


class NotFoundError(ApiError):
    """What is asked for does not exist."""

    kind = ErrorKind.NOT_FOUND


class StateError(ApiError):
    """The state of the thing forbids the operation."""

    kind = ErrorKind.STATE


class BalanceError(ApiError):
    """The account has too little money."""

    kind = ErrorKind.BALANCE


class LimitError(ApiError):
    """Too many, or too often."""

    kind = ErrorKind.LIMIT


class ServerError(ApiError):
    """The vendor had a problem of its own."""

    kind = ErrorKind.SERVER


class UnknownCodeError(ApiError):
    """The vendor sent a code that it does not document."""

    kind = ErrorKind.UNKNOWN


ERROR_CLASSES: Final[Mapping[ErrorKind, type[ApiError]]] = MappingProxyType(
    {
        cls.kind: cls
        for cls in (
            AuthenticationError,
            PermissionDenied,
            ClockError,
            InvalidParameterError,
            ConflictError,
            NotFoundError,
            StateError,
            BalanceError,
            LimitError,
            ServerError,
            UnknownCodeError,
        )
    }
)
"""The exception class of each kind of documented code."""
