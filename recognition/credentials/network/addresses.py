"""Which addresses may be asked: public https servers by name, and nothing else."""

import ipaddress
import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import SplitResult, quote, urlsplit

import idna

from recognition.credentials.refusals import Refused
from recognition.credentials.words import gettext_noop as _

IpAddress = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolve = Callable[[str, int], Sequence[str]]

PORTS = {"https": 443, "http": 80}
MOST_LETTERS = 2048
# Addresses of IPv4 written as IPv6 reach whatever the IPv4 address reaches.
WRAPPED = (
    ipaddress.ip_network("::ffff:0:0/96"),
    ipaddress.ip_network("::/96"),
    ipaddress.ip_network("64:ff9b::/96"),
    ipaddress.ip_network("64:ff9b:1::/48"),
    ipaddress.ip_network("2002::/16"),
    ipaddress.ip_network("2001::/32"),
)


class NotAllowed(Refused):
    """The policy of look-ups forbids to ask this address."""


@dataclass(frozen=True)
class Place:
    """A checked address: by which name it is asked, and where that name leads."""

    scheme: str
    host: str
    port: int
    target: str  # path and query
    ip: str

    @property
    def url(self) -> str:
        return f"{self.scheme}://{self.host}{self.target}"


def resolve(host: str, port: int) -> list[str]:
    """Every address of the name, as the system tells it."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(one[4][0]) for one in found]


def is_public(address: str) -> bool:
    """An address of the open internet, which nobody's inner network answers to."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address) and (
        ip.scope_id or any(ip in wrapped for wrapped in WRAPPED)
    ):
        return False
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


def checked(
    url: str,
    *,
    schemes: Sequence[str] = ("https",),
    resolve: Resolve = resolve,
    is_allowed: Callable[[str], bool] = is_public,
) -> Place:
    """The place that the address means; every address behind its name is asked."""
    parts = _parts(url)
    if parts.scheme not in schemes:
        raise NotAllowed(
            _("Only addresses that begin with https:// are looked up."), url=url[:200]
        )
    port = PORTS[parts.scheme]
    host = _host(parts)
    if _port(parts) not in (None, port):
        raise NotAllowed(_("Addresses with a port of their own are not looked up."))
    try:
        found = list(resolve(host, port))
    except (OSError, UnicodeError) as error:
        sentence = _("The name %(host)s leads nowhere.")
        raise NotAllowed(sentence, host=host) from error
    if not found or not all(map(is_allowed, found)):
        raise NotAllowed(
            _("The name %(host)s does not lead to a public server."), host=host
        )
    target = quote(parts.path or "/", safe="/%:@!$&'()*+,;=-._~")
    if parts.query:
        target += "?" + quote(parts.query, safe="/%:@!$&'()*+,;=-._~?")
    return Place(parts.scheme, host, port, target, found[0])


def host_of(url: str) -> str:
    """The name of the server, in its one spelling."""
    return _host(_parts(url))


def _parts(url: str) -> SplitResult:
    if len(url) > MOST_LETTERS or any(ord(letter) <= 32 for letter in url):
        raise NotAllowed(_("This is no address that could be looked up."))
    try:
        parts = urlsplit(url)
    except ValueError as error:
        raise NotAllowed(_("This is no address that could be looked up.")) from error
    if "\\" in url or "@" in parts.netloc:
        raise NotAllowed(
            _("Addresses with a user name or a backslash are not looked up.")
        )
    return parts


def _port(parts: SplitResult) -> int | None:
    try:
        return parts.port
    except ValueError as error:
        raise NotAllowed(_("This is no address that could be looked up.")) from error


def _host(parts: SplitResult) -> str:
    """A name with a dot in it, in its one spelling; never a number."""
    try:
        name = idna.encode(parts.hostname or "", uts46=True).decode("ascii").lower()
    except (idna.IDNAError, UnicodeError) as error:
        sentence = _("Only servers with a name of their own are looked up.")
        raise NotAllowed(sentence) from error
    last = name.rstrip(".").rpartition(".")[2]
    if "." not in name or name.endswith(".") or last[:1].isdigit():
        raise NotAllowed(_("Only servers with a name of their own are looked up."))
    return name
