"""Numbers as Chinese writes them, as exact decimals."""

from __future__ import annotations

from decimal import Decimal

_DIGITS = {
    char: value
    for value, chars in enumerate(("零〇○", "一壹", "二两贰", "三", "四", "五", "六", "七", "八", "九"))
    for char in chars
}
_TENS = {"十": 10, "百": 100, "千": 1000}
_MYRIADS = {"万": 10**4, "亿": 10**8}


def numeral(text: str) -> Decimal:
    """The value of ``text``: ``460``, ``1,071.2``, ``三万五千``, ``二〇二六``, ``八点三``. Else raises ValueError."""
    if text[:1].isascii():
        return Decimal(text.replace(",", "").replace(" ", ""))
    whole, point, part = text.partition("点")
    value = Decimal(_whole(whole))
    if point:
        value += Decimal("0." + "".join(str(_digit(char)) for char in part))
    return value


def plain(value: Decimal) -> str:
    """Decimal text without exponent or trailing noughts: ``460``, ``0.5``."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _digit(char: str) -> int:
    if char not in _DIGITS:
        raise ValueError(f"not a Chinese digit: {char!r}")
    return _DIGITS[char]


def _whole(text: str) -> int:
    if not text:
        raise ValueError("no numeral")
    if len(text) > 1 and all(char in _DIGITS for char in text):
        return int("".join(str(_DIGITS[char]) for char in text))
    total = section = digit = 0
    for char in text:
        if char in _TENS:
            section += (digit or 1) * _TENS[char]
            digit = 0
        elif char in _MYRIADS:
            total = (total + section + digit) * _MYRIADS[char] if char == "亿" else total + (section + digit) * 10**4
            section = digit = 0
        else:
            digit = _digit(char)
    return total + section + digit
