"""The rules in force on this site: profiles by name, as the settings of the site choose them."""

from __future__ import annotations

from functools import lru_cache

from django.utils import timezone

from luoshi.store.models import Setting
from luoshi.supervise import Rules, rules
from luoshi.supervise.lights import DEFAULT
from luoshi.supervise.slips import DEFAULT_SLIPS

LIGHTS, SLIPS = "lights", "slips"
LEAGUE = "league"  # whether units are ranked: "on", or anything else


def setting(name: str, default: str = "") -> str:
    """The site's choice for ``name``."""
    found = Setting.objects.filter(name=name).values_list("value", flat=True).first()
    return found or default


def choose(name: str, value: str) -> None:
    """Keep the site's choice; called within the transaction that records it."""
    Setting.objects.update_or_create(name=name, defaults={"value": value, "updated": timezone.now()})


def rules_in_force() -> Rules:
    """The engine's rules with the profiles that the site has chosen. Raises KeyError for a profile that is none."""
    chosen = dict(Setting.objects.filter(name__in=(LIGHTS, SLIPS)).values_list("name", "value"))
    return _rules(chosen.get(LIGHTS, ""), chosen.get(SLIPS, ""))


@lru_cache(maxsize=16)
def _rules(lights: str, slips: str) -> Rules:
    return rules(lights=lights or DEFAULT, slips=slips or DEFAULT_SLIPS)
