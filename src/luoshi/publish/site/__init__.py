"""The public site (公开网站): a folder of static pages that needs no server, made from what of a dossier is open."""

from luoshi.publish.site.site import site
from luoshi.publish.site.unshown import unshown

__all__ = ["site", "unshown"]
