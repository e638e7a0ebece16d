"""The public site (公开网站): a folder of static pages that needs no server, made from what of a dossier is open."""

from luoshi.publish.site.site import site

__all__ = ["site"]
