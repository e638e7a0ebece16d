"""A second key (TOTP) as a person makes it: scan, type six digits; and what the authenticator shows afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time

if TYPE_CHECKING:
    from django.test import Client

PASSWORD = "Qinghe-2026"


def code(secret: str) -> str:
    """The six digits that an authenticator shows now."""
    return str(format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time())))))


def switch_on(client: Client) -> str:
    """Switch the second key on as a person does; its secret."""
    assert client.get("/account/key/new/").headers["Location"].startswith("/account/again/"), "prove it is you first"
    client.post("/account/again/", {"password": PASSWORD})
    page = client.get("/account/key/new/")
    assert "<svg" in page.content.decode()
    secret = str(page.context["form"].secret)
    answer = client.post("/account/key/new/", {"code": code(secret)})
    assert answer.status_code == 302, answer.content.decode()
    return secret
