"""Chinese and English side by side: every text of the chrome is written as a pair where it is used."""

from __future__ import annotations

from django.utils.functional import lazy
from django.utils.translation import get_language

CHINESE, ENGLISH = "zh-hans", "en"
LANGUAGES = ((CHINESE, "中文"), (ENGLISH, "English"))


def in_english() -> bool:
    """Whether the page at hand is read in English; everything else is Chinese."""
    return (get_language() or CHINESE).startswith(ENGLISH)


def say(zh: str, en: str) -> str:
    """The one of the pair that the reader has chosen: ``say("总览", "Overview")``."""
    return en if in_english() else zh


#: A pair whose choice waits until it is shown: for labels of forms, which are made before there is a reader.
pair = lazy(say, str)
