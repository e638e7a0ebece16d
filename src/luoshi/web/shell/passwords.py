"""What a password must be."""

from __future__ import annotations

import re

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
