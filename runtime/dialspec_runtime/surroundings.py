"""What a client takes from the machine it runs on: clocks, sleep and dice.

Tests hand in their own; nothing else in the runtime reads a clock or rolls a die.
"""

import asyncio
import random
import time
from collections.abc import Awaitable, Callable

from .frozen import frozen


@frozen
class Surroundings:
    """The clocks, the two ways to wait, and a source of numbers in [0, 1)."""

    wall: Callable[[], float] = time.time
    """Seconds since the epoch; goes into signatures."""
    monotonic: Callable[[], float] = time.monotonic
    """Seconds that never run backwards; deadlines and pauses are measured by it."""
    sleep: Callable[[float], None] = time.sleep
    async_sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    dice: Callable[[], float] = random.random
