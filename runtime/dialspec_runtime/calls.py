"""The two drivers: they bring the state machine of a call and the connections together.

`exchange` decides, a transport sends, this module loops and waits. Sync and async differ in nothing else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .exchange import Exchange
from .faults import TransportFault
from .tracing import active_tracer, call_span

if TYPE_CHECKING:
    from .core import ClientCore
    from .lines import AsyncLine, SyncLine
    from .options import Options
    from .prefetch import Slot
    from .reply import Reply
    from .request import EncodedCall


def run(core: ClientCore, line: SyncLine, call: EncodedCall, options: Options) -> Exchange:
    """Make one call with all its tries; raise what went wrong."""
    exchange = Exchange(core, call, options)
    tracer = active_tracer()
    if tracer is None:
        _drive(core, line, call, exchange)
    else:
        with call_span(tracer, core, call.operation, exchange):
            _drive(core, line, call, exchange)
    return exchange


def _drive(core: ClientCore, line: SyncLine, call: EncodedCall, exchange: Exchange) -> None:
    while True:
        # Anew for each try: a client that is closed meanwhile sends nothing more.
        transport = line.transport()
        timeouts = exchange.timeouts()
        outcome: Reply | TransportFault
        try:
            with line.pacing.turn(call.operation, timeouts.pool, exchange.deadline_at):
                outcome = transport.send(exchange.next_request(), timeouts, exchange.deadline_at)
        except TransportFault as error:
            # Without its traceback: the frames in it are those in which the signed request was.
            outcome = error.with_traceback(None)
        pause = exchange.ended(outcome)
        if pause is None:
            return
        if pause > 0:
            core.surroundings.sleep(pause)


def send_once(core: ClientCore, line: SyncLine, call: EncodedCall, options: Options) -> Exchange:
    """Send one request and leave the answer unjudged, in `exchange.reply`."""
    exchange = Exchange(core, call, options.once())
    transport = line.transport()
    timeouts = exchange.timeouts()
    outcome: Reply | TransportFault
    try:
        with line.pacing.turn(call.operation, timeouts.pool, exchange.deadline_at):
            outcome = transport.send(exchange.next_request(), timeouts, exchange.deadline_at)
    except TransportFault as error:
        outcome = error.with_traceback(None)
    exchange.ended_unjudged(outcome)
    return exchange


async def run_async(
    core: ClientCore,
    line: AsyncLine,
    call: EncodedCall,
    options: Options,
    slot: Slot | None = None,
) -> Exchange:
    """Make one call with all its tries; raise what went wrong.

    A `slot` is left while an answer is read, and taken again for another try.
    """
    exchange = Exchange(core, call, options)
    tracer = active_tracer()
    if tracer is None:
        await _drive_async(core, line, call, exchange, slot)
    else:
        with call_span(tracer, core, call.operation, exchange):
            await _drive_async(core, line, call, exchange, slot)
    return exchange


async def _drive_async(
    core: ClientCore,
    line: AsyncLine,
    call: EncodedCall,
    exchange: Exchange,
    slot: Slot | None,
) -> None:
    while True:
        # Anew for each try: a client that is closed meanwhile sends nothing more.
        transport = line.transport()
        timeouts = exchange.timeouts()
        outcome: Reply | TransportFault
        try:
            async with line.pacing.turn(call.operation, timeouts.pool, exchange.deadline_at):
                outcome = await transport.send(
                    exchange.next_request(), timeouts, exchange.deadline_at
                )
        except TransportFault as error:
            # Without its traceback: the frames in it are those in which the signed request was.
            outcome = error.with_traceback(None)
        if slot is not None:
            await slot.leave()
        pause = exchange.ended(outcome)
        if pause is None:
            return
        if pause > 0:
            await core.surroundings.async_sleep(pause)
        if slot is not None:
            await slot.take()


async def send_once_async(
    core: ClientCore, line: AsyncLine, call: EncodedCall, options: Options
) -> Exchange:
    """Send one request and leave the answer unjudged, in `exchange.reply`."""
    exchange = Exchange(core, call, options.once())
    transport = line.transport()
    timeouts = exchange.timeouts()
    outcome: Reply | TransportFault
    try:
        async with line.pacing.turn(call.operation, timeouts.pool, exchange.deadline_at):
            outcome = await transport.send(exchange.next_request(), timeouts, exchange.deadline_at)
    except TransportFault as error:
        outcome = error.with_traceback(None)
    exchange.ended_unjudged(outcome)
    return exchange
