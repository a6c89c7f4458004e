"""A reverse proxy that fails before it passes requests on, as real ones do now and then."""

from __future__ import annotations

import http.client
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass(frozen=True)
class Failure:
    """What the proxy says itself; without a status it hangs up, without a body it stalls before it."""

    status: int | None
    headers: dict[str, str] = field(default_factory=dict)
    body: str | None = ""


@dataclass
class Proxy:
    url: str
    request_ids: list[str] = field(default_factory=list)


@contextmanager
def failing_proxy(service_port: int, failures: Sequence[Failure]) -> Iterator[Proxy]:
    """Fail once in each of these ways, then pass on what comes."""
    due = list(failures)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            proxy.request_ids.append(self.headers["X-Request-ID"])
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            if not due:
                self._pass_on(body)
            elif due[0].status is not None:
                failure = due.pop(0)
                if failure.body is None:
                    self._stall(failure.status)
                else:
                    self._answer(failure.status, failure.headers, failure.body.encode())
            else:
                due.pop(0)
                self.close_connection = True

        def do_GET(self) -> None:
            self.do_POST()  # what a redirect that is followed may become

        def log_message(self, *_: object) -> None:
            pass

        def _pass_on(self, body: bytes) -> None:
            connection = http.client.HTTPConnection("127.0.0.1", service_port, timeout=20)
            connection.request("POST", self.path, body, {"Content-Type": self.headers["Content-Type"]})
            response = connection.getresponse()
            self._answer(response.status, {"Content-Type": response.headers["Content-Type"]}, response.read())
            connection.close()

        def _stall(self, status: int) -> None:
            self.send_response(status)
            self.send_header("Content-Length", "9")
            self.end_headers()
            self.rfile.read(1)  # until the client gives up
            self.close_connection = True

        def _answer(self, status: int, headers: dict[str, str], body: bytes) -> None:
            self.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(body))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        proxy = Proxy(f"http://127.0.0.1:{server.server_port}")
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield proxy
        finally:
            server.shutdown()
            thread.join()
