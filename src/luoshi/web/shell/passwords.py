"""What a password must be, and how the second key is kept."""

from __future__ import annotations

import re
from base64 import urlsafe_b64encode
from hashlib import sha256

from cryptography.fernet import Fernet
from django.conf import settings
from django.core.exceptions import ValidationError

from luoshi.web.shell.language import say

KINDS = (r"[a-z]", r"[A-Z]", r"\d", r"[^A-Za-z\d]")
LEAST = 3


class KindsOfCharacters:
    """At least three of: small letters, capitals, digits, others (GB/T 22239-2019 asks for complexity only)."""

    def validate(self, password: str, user: object = None) -> None:
        del user
        if sum(bool(re.search(kind, password)) for kind in KINDS) < LEAST:
            raise ValidationError(self.get_help_text(), code="password_kinds")

    def get_help_text(self) -> str:
        return say(
            "密码要含小写字母、大写字母、数字、其他字符这四类中的至少三类。",
            "Use at least three of: small letters, capitals, digits, other characters.",
        )


def locked_up(text: str) -> str:
    """``text`` as it may lie in the database: readable only with the site's secret."""
    return _box().encrypt(text.encode()).decode()


def opened(text: str) -> str:
    """What :func:`locked_up` was given. Raises ``InvalidToken`` where the site's secret is another."""
    return _box().decrypt(text.encode()).decode()


def _box() -> Fernet:
    return Fernet(urlsafe_b64encode(sha256(b"luoshi second key" + settings.SECRET_KEY.encode()).digest()))
