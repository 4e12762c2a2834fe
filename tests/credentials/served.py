"""A server of our own on loopback, with a certificate for names that exist nowhere."""

import http.server
import ipaddress
import json
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from recognition.credentials.network.fetching import Fetcher
from tests.credentials import made

HOST, OTHER = "university.example", "other.example"
Answer = Callable[[http.server.BaseHTTPRequestHandler], None]


@dataclass
class Site:
    """What is served at which path, what was asked, and whither lines were laid."""

    port: int
    certificate: Path
    answers: dict[str, Answer] = field(default_factory=dict)
    asked: list[tuple[str, str]] = field(default_factory=list)
    dialled: list[tuple[str, int]] = field(default_factory=list)

    def dial(self, place: tuple[str, int], timeout: float) -> socket.socket:
        self.dialled.append(place)
        return socket.create_connection(("127.0.0.1", self.port), timeout)

    def fetcher(self, **options: Any) -> Fetcher:
        """A fetcher to which this server is the open internet."""
        return Fetcher(
            **{
                "resolve": lambda _host, _port: ["93.184.215.14"],
                "dial": self.dial,
                "authorities": str(self.certificate),
                **options,
            }
        )


def gives(
    content: Any, kind: str = "application/json", status: int = 200, **headers: str
) -> Answer:
    body = content if isinstance(content, bytes) else json.dumps(content).encode()

    def answer(asking: http.server.BaseHTTPRequestHandler) -> None:
        asking.send_response(status)
        asking.send_header("Content-Type", kind)
        for name, value in {"Content_Length": str(len(body)), **headers}.items():
            asking.send_header(name.replace("_", "-"), value)
        asking.end_headers()
        asking.wfile.write(body)

    return answer


def sends_to(url: str) -> Answer:
    return gives(b"", status=302, Location=url)


@contextmanager
def served(folder: Path, secure: bool = True) -> Iterator[Site]:
    certificate = folder / "server.pem"
    site = Site(0, certificate)

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.asked.append((self.headers["Host"], self.path))
            site.answers.get(self.path, gives({}, status=404))(self)

        def log_message(self, *_words: Any) -> None:
            """Nothing is told."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    if secure:
        _write_certificate(certificate)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    site.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _write_certificate(path: Path) -> None:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOST)])
    now = datetime.now(UTC)
    names = [x509.DNSName(HOST), x509.DNSName(OTHER)]
    names.append(x509.IPAddress(ipaddress.ip_address("127.0.0.1")))
    built = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(made.CURVE.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), True)
        .add_extension(x509.SubjectAlternativeName(names), False)
        .sign(made.CURVE, hashes.SHA256())
    )
    path.write_bytes(built.public_bytes(Encoding.PEM) + made.pem(made.CURVE))
