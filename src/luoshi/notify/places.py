"""Which places of the network may be connected to: every public one, and of the private ones those that are named."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address

from luoshi.problems import Problem, problem

_MOST_PORT = 65535


@dataclass(frozen=True, slots=True)
class Places:
    """The private places that are allowed, as (address, port) in numbers; a port of None stands for every port."""

    allowed: frozenset[tuple[str, int | None]] = frozenset()

    def may_connect(self, host: str, port: int) -> bool:
        """Whether a connection to the numeric address ``host`` may be made.

        What is not a plain public unicast address (private, loopback, link-local, shared, reserved, multicast,
        unspecified, and IPv4 inside IPv6) needs to be named.
        """
        try:
            address = _plain(ip_address(host.partition("%")[0]))
        except ValueError:
            return False
        if (str(address), port) in self.allowed or (str(address), None) in self.allowed:
            return True
        return address.is_global and not address.is_multicast


def places(names: Iterable[str]) -> tuple[Places, tuple[Problem, ...]]:
    """The places that a site allows, ``10.1.2.3:25`` or ``10.1.2.3`` or ``[fd00::1]:25``; N003 for what is none.

    Only numbers: a name could point elsewhere tomorrow.
    """
    allowed, problems = set(), []
    for name in filter(None, (one.strip() for one in names)):
        host, port = _split(name)
        try:
            number = None if port is None else int(port)
            if number is not None and not 0 < number <= _MOST_PORT:
                raise ValueError(port)
            allowed.add((str(_plain(ip_address(host))), number))
        except ValueError:
            problems.append(problem("N003", name=name))
    return Places(frozenset(allowed)), tuple(problems)


def _split(name: str) -> tuple[str, str | None]:
    if name.startswith("["):
        host, _, port = name[1:].partition("]")
        return host, port.removeprefix(":") or None
    if name.count(":") == 1:
        host, _, port = name.partition(":")
        return host, port
    return name, None


def _plain(address: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """An IPv4 address that is dressed as IPv6 is judged as what it is."""
    if isinstance(address, IPv6Address):
        return address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1] or address
    return address
