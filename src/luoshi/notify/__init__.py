"""The only room that opens an outgoing socket: messages to e-mail, 企业微信, 钉钉, 飞书 and webhooks.

Every message is sent by a child process in which no connection to a private address can be made that the site has not
allowed by name: what the address says, what a name resolves to later and where a redirect leads are all checked at the
moment of connecting. The child has a time limit, so that a peer that never answers holds up nothing.
"""

from luoshi.notify.addresses import Address, address_of, channels, with_secrets_hidden
from luoshi.notify.places import Places, places
from luoshi.notify.sending import Message, Sent, send

__all__ = [
    "Address", "Message", "Places", "Sent", "address_of", "channels", "places", "send", "with_secrets_hidden",
]  # fmt: skip
