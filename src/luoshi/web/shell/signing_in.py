"""Signing in by django-allauth, as a site of an office wants it: nobody signs up, a second key lies encrypted, a name
from the office's own sign-in (OIDC) is taken only where an administrator has made the account."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.signals import password_changed
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone

from luoshi.store.cipher import SECOND_KEY, locked, opened
from luoshi.store.models import Person


class Accounts(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made by an administrator."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        del request
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Nothing: a site may have no mail; what happens to an account is in the record and on its page."""


class SecondKeys(DefaultMFAAdapter):  # type: ignore[misc]
    """The second key (TOTP): its secret lies in the database only encrypted."""

    def encrypt(self, text: str) -> str:
        return locked(text, SECOND_KEY)

    def decrypt(self, encrypted_text: str) -> str:
        return opened(encrypted_text, SECOND_KEY)

    def get_totp_issuer(self) -> str:
        return "落实 luoshi"


class OfficeSignIn(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Unified sign-in: the account whose name the office's server gives, never a new one."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        del request, sociallogin
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        if sociallogin.is_existing:
            return
        name = name_of(sociallogin.account.extra_data)
        person = Person.objects.filter(username=name, is_active=True).first() if name else None
        if person is not None:
            sociallogin.connect(request, person)


def name_of(claims: Mapping[str, Any]) -> str:
    """The user name among what the office's server says of a person (OpenID Connect ``preferred_username``)."""
    told = claims.get("userinfo") or claims.get("id_token") or claims
    return str(told.get("preferred_username", ""))


@receiver(password_changed)
def remember_when(user: Person, **_: Any) -> None:
    """Note the day of a new password: sites that want it changed from time to time look here."""
    Person.objects.filter(pk=user.pk).update(password_set=timezone.now())


def who_tries(request: HttpRequest, credentials: Mapping[str, Any] | None) -> str:
    """The name that someone tries to sign in by: lockout counts by it, whether or not such an account is there."""
    given = (credentials or {}).get("username") or request.POST.get("login", "")
    return str(given).strip().lower()


def address_of(request: HttpRequest) -> str:
    """Where a request comes from: behind a proxy of the site's own, what the proxy says last."""
    passed = request.META.get("HTTP_X_FORWARDED_FOR", "")
    if settings.ENVIRONMENT.proxy and passed:
        return str(passed).rsplit(",", 1)[-1].strip()
    return str(request.META.get("REMOTE_ADDR", ""))
