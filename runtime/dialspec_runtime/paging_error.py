"""What is raised when the pages of a list can't be walked to their end."""

from .errors import DialspecError, Fault

__all__ = ["PagingError"]


class PagingError(DialspecError):
    """The vendor's pages contradict each other in a way that may hide records, or there is no such page.

    Raised instead of ending early: every record handed out before it is good, and the pager's
    `position` tells where to go on.
    """

    @property
    def fault(self) -> Fault:
        """The vendor's: its pages do not add up."""
        return "vendor"
