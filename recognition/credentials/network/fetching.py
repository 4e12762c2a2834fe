"""One document from one public server: bounded in size, time and number.

Asked at the very address that was checked, under the name it was asked by, so that a
name which leads elsewhere a moment later gains nothing.
"""

import hashlib
import http.client
import socket
import ssl
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from urllib.parse import urljoin

import certifi

from recognition.credentials.network import addresses
from recognition.credentials.network.addresses import NotAllowed, Place
from recognition.credentials.words import gettext_noop as _

KILOBYTE = 1024
MOST_BYTES = 512 * KILOBYTE
MOST_BYTES_OF_A_LIST = 2048 * KILOBYTE
MOST_REDIRECTS = 3
MOST_REQUESTS = 10  # for one credential
TO_CONNECT, TO_READ, IN_ALL = 3.0, 5.0, 15.0  # seconds
TOO_MANY = _("The credential asks for more look-ups than are made for one.")
ELSEWHERE = _("The server %(host)s sends to another one, %(other)s.")
REDIRECTS = (301, 302, 303, 307, 308)
ACCEPTED = (
    "application/did+ld+json",
    "application/did+json",
    "application/did",
    "application/json",
    "application/jwt",
    "application/ld+json",
    "application/vc",
    "application/vc+ld+json",
    "application/vc+jwt",
    "application/vnd.api+json",
    "text/plain",
)
HEADERS = {
    "Accept": "application/json, application/ld+json, */*;q=0.1",
    "Accept-Encoding": "identity",
    "Connection": "close",
    "User-Agent": "Atesta/1 (credential verification)",
}


Dial = Callable[[tuple[str, int], float], socket.socket]
Admit = Callable[[Place], None]


class NotFetched(NotAllowed):
    """The server did not give what was asked, or not within the limits."""


class Gone(NotFetched):
    """The server said that what was there is no more, for good (RFC 9110 §15.5.11)."""


GONE = _("The server %(host)s answered that nothing is there any more.")


@dataclass(frozen=True)
class Fetched:
    """What an address gave, as it is kept with the case."""

    url: str
    content: bytes
    content_type: str
    at: datetime

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


def admit(_place: Place) -> None:
    """Any place that the policy allows; a house may refuse more."""


@dataclass
class Fetcher:
    """The look-ups of one credential; each of its limits is counted over all of them."""

    schemes: Sequence[str] = ("https",)
    kinds: Sequence[str] = ACCEPTED
    resolve: addresses.Resolve = addresses.resolve
    is_allowed: Callable[[str], bool] = addresses.is_public
    dial: Dial = socket.create_connection
    authorities: str = field(default_factory=certifi.where)
    admit: Admit = admit
    requests_left: int = MOST_REQUESTS
    leaves_host: bool = False  # where a digest says what counts, not who gives it

    def fetch(self, url: str, most: int = MOST_BYTES) -> Fetched:
        """The document at the address, after at most three redirections within its host.

        What is given counts as that host's own word, so no other may give it, unless
        the fetcher leaves hosts. Every address on the way is checked like the first.
        """
        until = time.monotonic() + IN_ALL
        schemes = self.schemes
        for _hop in range(MOST_REDIRECTS + 1):
            place = self._checked(url, schemes)
            answer = self._asked(place, until, most)
            if isinstance(answer, Fetched):
                return answer
            url = urljoin(place.url, answer)
            other = addresses.host_of(url)
            if other != place.host and not self.leaves_host:
                raise NotFetched(ELSEWHERE, host=place.host, other=other)
            if place.scheme == "https":
                schemes = ("https",)
        raise NotFetched(_("The server sends from one address to the next."))

    def _checked(self, url: str, schemes: Sequence[str]) -> Place:
        if self.requests_left < 1:
            raise NotFetched(TOO_MANY)
        self.requests_left -= 1  # names that lead nowhere take their time as well
        place = addresses.checked(
            url, schemes=schemes, resolve=self.resolve, is_allowed=self.is_allowed
        )
        self.admit(place)
        return place

    def _line_to(self, place: Place) -> "_PlainLine":
        if place.scheme == "https":
            return _SecureLine(place, self.dial, self.authorities)
        return _PlainLine(place, self.dial)

    def _asked(self, place: Place, until: float, most: int) -> Fetched | str:
        """The document, or the address where the server says it is."""
        line = self._line_to(place)
        # A server that answers one letter at a time keeps within the time to read.
        watch = threading.Timer(max(until - time.monotonic(), 0.0), line.cut)
        watch.daemon = True
        watch.start()
        try:
            line.request("GET", place.target, headers=HEADERS)
            with line.getresponse() as answer:
                if answer.status in REDIRECTS and answer.getheader("Location"):
                    return str(answer.getheader("Location"))
                return _document(place, answer, until, most, self.kinds)
        except (OSError, http.client.HTTPException, ValueError) as error:
            sentence = _("The server %(host)s did not answer as it should.")
            raise NotFetched(sentence, host=place.host) from error
        finally:
            watch.cancel()
            line.close()


class _PlainLine(http.client.HTTPConnection):
    """A line to the checked address, under the name it was asked by."""

    def __init__(self, place: Place, dial: Dial) -> None:
        super().__init__(place.host, place.port, timeout=TO_READ)
        self.place, self.dial = place, dial
        self.laid: socket.socket | None = None

    def connect(self) -> None:
        self.laid = self.sock = self.dial((self.place.ip, self.place.port), TO_CONNECT)
        self.sock.settimeout(TO_READ)

    def cut(self) -> None:
        """Whoever reads from the line finds its end."""
        if self.laid is not None:
            with suppress(OSError):  # closed meanwhile
                self.laid.shutdown(socket.SHUT_RDWR)


class _SecureLine(_PlainLine):
    default_port = http.client.HTTPS_PORT

    def __init__(self, place: Place, dial: Dial, authorities: str) -> None:
        super().__init__(place, dial)
        self.trusting = ssl.create_default_context(cafile=authorities)

    def connect(self) -> None:
        super().connect()
        secured = self.trusting.wrap_socket(
            self.sock,
            server_hostname=self.place.host,
            do_handshake_on_connect=False,  # so that it can be cut as well
        )
        self.laid = self.sock = secured
        secured.do_handshake()


def _document(
    place: Place,
    answer: http.client.HTTPResponse,
    until: float,
    most: int,
    kinds: Sequence[str],
) -> Fetched:
    if answer.status == http.client.GONE:
        raise Gone(GONE, host=place.host)
    if answer.status != http.client.OK:
        raise NotFetched(
            _("The server %(host)s answered %(status)s."),
            host=place.host,
            status=answer.status,
        )
    kind = (answer.getheader("Content-Type") or "").partition(";")[0].strip().lower()
    if kind not in kinds or answer.getheader("Content-Encoding", "identity") != (
        "identity"
    ):
        raise NotFetched(
            _("The server %(host)s gave something that is no credential."),
            host=place.host,
        )
    content = answer.read(most + 1)
    if len(content) > most:
        raise NotFetched(
            _("The document at %(host)s is larger than %(limit)s KB."),
            host=place.host,
            limit=most // KILOBYTE,
        )
    if answer.length or time.monotonic() > until:  # cut off, by the server or by us
        raise NotFetched(
            _("The server %(host)s did not give the whole document in time."),
            host=place.host,
        )
    return Fetched(place.url, content, kind, datetime.now(UTC))
