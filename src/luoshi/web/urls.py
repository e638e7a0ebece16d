"""The addresses of the site: the shell's own, and those of every page family (web/shell/navigation.toml)."""

from django.urls import URLPattern, URLResolver

from luoshi.web.shell import urls as shell
from luoshi.web.shell.navigation import addresses

urlpatterns: list[URLPattern | URLResolver] = [*shell.urlpatterns, *addresses()]
handler500 = "luoshi.web.shell.views.failed"
