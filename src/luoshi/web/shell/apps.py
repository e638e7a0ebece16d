"""The shell as a Django app."""

from django.apps import AppConfig


class ShellConfig(AppConfig):
    """Templates, static files and tags of every page; listens for who signs in and changes passwords."""

    name = "luoshi.web.shell"
    label = "shell"

    def ready(self) -> None:
        from luoshi.web.shell import beginning, signing_in  # noqa: F401, PLC0415 -- its receivers register once models are there
