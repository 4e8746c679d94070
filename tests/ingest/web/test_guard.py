"""Only hosts of the public internet are connected to, however they are named."""

import pytest

from ingest.sources.web.errors import RefusedAddressError
from ingest.sources.web.guard import connectable, is_public


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "127.8.9.1",
        "0.0.0.0",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "100.100.100.200",
        "168.63.129.16",
        "192.0.2.1",
        "224.0.0.1",
        "239.1.1.1",
        "255.255.255.255",
        "240.0.0.1",
        "::",
        "::1",
        "fe80::1",
        "fe80::1%eth0",
        "fc00::1",
        "fd00:ec2::254",
        "ff02::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "64:ff9b::7f00:1",
        "64:ff9b::a9fe:a9fe",
        "2002:7f00:1::",
        "2001:0:4136:e378:8000:63bf:80ff:fffe",
    ],
)
def test_what_is_not_of_the_public_internet_is_not_connected_to(address: str) -> None:
    assert not is_public(address)
    with pytest.raises(RefusedAddressError) as caught:
        connectable("host.example", 80, lambda _host, _port: [address], allow_private=False)
    assert "--allow-private" in caught.value.advice
    assert connectable("host.example", 80, lambda _host, _port: [address], allow_private=True) == [address]


@pytest.mark.parametrize("address", ["93.184.216.34", "8.8.8.8", "2606:2800:220:1:248:1893:25c8:1946"])
def test_the_public_internet_is_connected_to(address: str) -> None:
    assert is_public(address)


def test_of_several_addresses_only_the_public_ones_are_tried() -> None:
    addresses = ["10.0.0.1", "8.8.8.8", "::1", "8.8.4.4"]
    allowed = connectable("host.example", 80, lambda _host, _port: addresses, allow_private=False)
    assert allowed == ["8.8.8.8", "8.8.4.4"]


def test_a_name_without_an_address_cannot_be_connected_to() -> None:
    with pytest.raises(OSError, match="no address"):
        connectable("host.example", 80, lambda _host, _port: [], allow_private=False)
