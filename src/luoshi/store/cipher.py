"""What lies in the database only locked: readable with the secret of the site, and for the one purpose it was kept for.

Fernet of the library ``cryptography`` (AES-128 and HMAC-SHA-256). A copy of the database without the site's secret
tells nobody the addresses and second keys of people; with another secret what was locked has to be given again.
"""

from __future__ import annotations

from base64 import urlsafe_b64encode
from hashlib import sha256

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings

ADDRESS = "luoshi address"
SECOND_KEY = "luoshi second key"


class OtherSecret(Exception):
    """What was locked cannot be opened: the site has another secret now, or somebody changed it."""


def locked(text: str, purpose: str) -> str:
    """``text`` as it may lie in the database."""
    return _box(purpose).encrypt(text.encode()).decode()


def opened(text: str, purpose: str) -> str:
    """What :func:`locked` was given for the same purpose. Raises :class:`OtherSecret`."""
    try:
        return _box(purpose).decrypt(text.encode()).decode()
    except InvalidToken as error:
        raise OtherSecret(purpose) from error


def _box(purpose: str) -> Fernet:
    return Fernet(urlsafe_b64encode(sha256((purpose + settings.SECRET_KEY).encode()).digest()))
