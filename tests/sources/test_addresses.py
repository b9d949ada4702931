"""Addresses: which are followed, which are private."""

import contextlib
import ipaddress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.sources.addresses import check_url, is_private
from bot.sources.errors import BadAddress


@pytest.mark.parametrize("ip", ["93.184.216.34", "8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8"])
def test_public_addresses_are_public(ip: str) -> None:
    assert not is_private(ipaddress.ip_address(ip))


@pytest.mark.parametrize(
    "ip",
    [
        "127.0.0.1", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",
        "0.0.0.0", "255.255.255.255", "224.0.0.1", "240.0.0.1", "192.0.2.1", "198.18.0.1",
        "::", "::1", "fe80::1", "fc00::1", "ff02::1", "::ffff:10.0.0.1", "64:ff9b::a00:1",
        "2002:a00:1::", "2001::1", "fec0::1", "2001:db8::1", "168.63.129.16",
    ],
)  # fmt: skip
def test_all_others_are_private(ip: str) -> None:
    assert is_private(ipaddress.ip_address(ip))


def test_tests_may_ask_their_own_machine() -> None:
    assert check_url("http://127.0.0.1:81/#x", allow_private=True) == "http://127.0.0.1:81/"
    with pytest.raises(BadAddress, match="user name"):
        check_url("http://a:b@127.0.0.1/", allow_private=True)


@settings(max_examples=100)
@given(st.text(max_size=60) | st.text(alphabet="htps:/[]@?#&=%.a1 ", max_size=60))
def test_any_text_is_followed_or_refused(href: str) -> None:
    with contextlib.suppress(BadAddress):
        check_url(href, allow_private=False)
