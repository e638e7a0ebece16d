"""One pass of the clock. Twice, or two at once, has the effect of one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from luoshi.notify import Address, Message, Places, send
from luoshi.problems import Problem
from luoshi.store.drafts import forget_old
from luoshi.store.outbox import Waiting, queue_digests, settle, take_due
from luoshi.store.rules import rules_in_force
from luoshi.store.watching import close_month, refresh_lights
from luoshi.watch.digests import digests


@dataclass(frozen=True, slots=True)
class Passed:
    """What a pass did: lights that turned, lights kept for a month, people reminded, messages sent and put aside.

    ``forgotten`` are drafts that were kept for as long as the site keeps them.
    """

    turned: int = 0
    closed: int = 0
    reminded: int = 0
    sent: int = 0
    waiting: int = 0
    failed: int = 0
    forgotten: int = 0


def tick(now: datetime, today: date, allowed: Places) -> Passed:
    """Do what is due on ``today``, the day the site lives in; ``allowed`` are the private places to send to.

    Raises :class:`luoshi.store.writing.Unavailable` where the database cannot be written: what was done by then is
    done whole, and the next pass goes on from there.
    """
    closed = close_month(today)
    turned = refresh_lights(today)
    reminded = queue_digests(today, digests(today, rules_in_force()), now)
    forgotten = forget_old(now.timestamp())
    states = [settle(one.message, now, _problem(one, allowed)) for one in take_due(now)]
    counted = {state: states.count(state) for state in ("sent", "waiting", "failed")}
    return Passed(turned, closed, reminded, **counted, forgotten=forgotten)


def _problem(one: Waiting, allowed: Places) -> Problem | None:
    to = Address(one.address.channel, one.address.url)
    return send([Message(to, one.message.title, one.message.text)], allowed=allowed)[0].problem
