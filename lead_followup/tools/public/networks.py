"""From which connection a request comes: the unit by which requests are counted."""

import ipaddress


def network_of(address: str | None) -> str:
    """Give the connection that ``address`` belongs to, as text.

    One of IPv4 is itself. Whoever has IPv6 has 2^64 addresses of his own, which count as one; an
    IPv4 address in the dress of IPv6 is that address. What is no address is given as it is.

    >>> network_of("192.0.2.7"), network_of("2001:db8:1:2:3:4:5:6"), network_of("::ffff:192.0.2.7")
    ('192.0.2.7', '2001:db8:1:2::/64', '192.0.2.7')
    >>> network_of(None), network_of("a proxy")
    ('', 'a proxy')
    """
    try:
        found = ipaddress.ip_address(address or "")
    except ValueError:
        return address or ""
    if found.version == 4:
        return str(found)
    if found.ipv4_mapped:
        return str(found.ipv4_mapped)
    return str(ipaddress.ip_network((found, 64), strict=False))
