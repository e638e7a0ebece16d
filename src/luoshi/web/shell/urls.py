"""The addresses of the shell: first page, account, signing in. Of allauth's pages only those an office needs."""

from allauth.account import views as account
from allauth.mfa.base import views as keys
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from luoshi.web.shell import gallery, reader, views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.home, name="home"),
    path("up/", views.up, name="up"),
    path("choose/", reader.choose, name="choose"),
    path("account/", views.profile, name="profile"),
    path("account/login/", account.login, name="account_login"),
    path("account/logout/", account.logout, name="account_logout"),
    path("account/inactive/", account.account_inactive, name="account_inactive"),
    path("account/password/", account.password_change, name="account_change_password"),
    path("account/again/", account.reauthenticate, name="account_reauthenticate"),
    path("account/key/", views.second_key, name="mfa_index"),
    path("account/key/enter/", keys.authenticate, name="mfa_authenticate"),
    path("account/key/again/", keys.reauthenticate, name="mfa_reauthenticate"),
    path("account/key/new/", totp.activate_totp, name="mfa_activate_totp"),
    path("account/key/remove/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("account/codes/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("account/codes/new/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("account/codes/file/", codes.download_recovery_codes, name="mfa_download_recovery_codes"),
    # Nobody signs up or sets a password by mail; allauth asks for these addresses all the same.
    path("account/new/", views.ask_administrator, name="account_signup"),
    path("account/forgotten/", views.ask_administrator, name="account_reset_password"),
    path("account/none/", views.ask_administrator, name="account_set_password"),
]
if settings.ENVIRONMENT.office is not None:
    urlpatterns += [
        path("account/office/", include("allauth.socialaccount.urls")),
        path("account/office/", include("allauth.socialaccount.providers.openid_connect.urls")),
    ]
if settings.DEBUG:
    urlpatterns += [path("gallery/", gallery.show, name="gallery")]
