"""The Django app of the store."""

from django.apps import AppConfig


class StoreConfig(AppConfig):
    """The tables of luoshi under the label ``store``."""

    name = "luoshi.store"
    label = "store"
    verbose_name = "落实"
    default_auto_field = "django.db.models.BigAutoField"
