"""Addresses: those of the channels are known, others are refused with what to do, and no secret is ever shown."""

from __future__ import annotations

import pytest

from luoshi.notify import Address, address_of, channels, places, with_secrets_hidden


@pytest.mark.parametrize("channel", channels(), ids=lambda one: one.name)
def test_the_example_of_a_channel_is_an_address_of_it(channel: object) -> None:
    found = next(one for one in channels() if one is channel)
    address, problems = address_of(found.example)
    assert problems == ()
    assert address is not None
    assert address.channel == found.name


@pytest.mark.parametrize(
    ("text", "code"),
    [("", "N001"), ("http://example.org", "N001"), ("file:///etc/passwd", "N001"), ("gopher://x", "N001"),
     ("jsons://", "N002"), ("feishu:///", "N002"), ("json://[::1", "N002")],
)  # fmt: skip
def test_what_is_no_address_is_refused_with_what_to_do(text: str, code: str) -> None:
    address, (found,) = address_of(text)
    assert address is None
    assert found.code == code


@pytest.mark.parametrize(
    ("url", "secret"),
    [
        ("mailtos://user:hush@mail.example.org?to=a@example.org", "hush"),
        ("wecombot://abcdefgh-1234-1234-1234-abcdefabcdef", "abcdefgh"),
        ("dingtalk://hushhush@abcdef0123456789", "hushhush"),
        ("jsons://hook.example.org/x?token=hush&a=1", "hush"),
    ],
)
def test_secrets_are_never_shown(url: str, secret: str) -> None:
    address, _ = address_of(url)
    assert secret in url
    assert secret not in with_secrets_hidden(url)
    assert secret not in repr(address)
    assert isinstance(address, Address)


@pytest.mark.parametrize(
    ("name", "host", "port", "may"),
    [
        ("10.1.2.3:25", "10.1.2.3", 25, True),
        ("10.1.2.3:25", "10.1.2.3", 80, False),
        ("10.1.2.3:25", "10.1.2.4", 25, False),
        ("10.1.2.3", "10.1.2.3", 8080, True),
        ("[fd00::1]:25", "fd00::1", 25, True),
        ("fd00::1", "fd00:0:0:0:0:0:0:1", 25, True),
        ("10.1.2.3:25", "::ffff:10.1.2.3", 25, True),
        ("", "8.8.8.8", 443, True),
        ("", "2001:4860:4860::8888", 443, True),
        ("", "224.0.0.1", 80, False),
        ("", "255.255.255.255", 80, False),
        ("", "100.64.1.1", 80, False),
        ("", "2002:7f00:1::", 80, False),
        ("", "fe80::1%eth0", 80, False),
        ("", "mail.example.org", 80, False),
    ],
)
def test_what_may_be_connected_to(name: str, host: str, port: int, may: bool) -> None:
    allowed, problems = places([name])
    assert problems == ()
    assert allowed.may_connect(host, port) is may


@pytest.mark.parametrize("name", ["mail.example.org:25", "10.1.2.3:0", "10.1.2.3:70000", "10.1.2.3:smtp", "10.1.2"])
def test_what_is_no_place_is_named(name: str) -> None:
    allowed, (found,) = places([name])
    assert allowed.allowed == frozenset()
    assert found.code == "N003"
    assert name in found.message
