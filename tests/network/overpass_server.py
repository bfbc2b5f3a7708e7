"""An Overpass server on this machine that gives made answers."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

FREE = (
    "Connected as: 1\nCurrent time: 2026-11-25T00:00:00Z\nRate limit: 2\n\n2 slots available now.\n"
)


@dataclass
class Server:
    """What it was asked, who asked, and what it says."""

    url: str = ""
    asked: list[str] = field(default_factory=list)
    agents: list[str] = field(default_factory=list)
    answers: list[dict[str, Any]] = field(default_factory=list)
    """Given one after the other, the last one again and again."""

    def next_answer(self) -> dict[str, Any]:
        """What the question asked last is told."""
        return self.answers[min(len(self.asked), len(self.answers)) - 1]


def answer(*elements: dict[str, Any], date: str = "2026-11-20T00:00:00Z") -> dict[str, Any]:
    """An answer as Overpass writes it."""
    return {
        "version": 0.6,
        "generator": "Overpass API 0.7.62",
        "osm3s": {"timestamp_osm_base": date, "copyright": "ODbL"},
        "elements": list(elements),
    }


def node(number: int, lat: float, lon: float) -> dict[str, Any]:
    return {"type": "node", "id": number, "lat": lat, "lon": lon}


def way(number: int, *nodes: int, **tags: str) -> dict[str, Any]:
    return {"type": "way", "id": number, "nodes": list(nodes), "tags": tags}


@contextmanager
def overpass(*answers: dict[str, Any]) -> Iterator[Server]:
    """Run it while the block lasts."""
    server = Server(answers=list(answers))

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._send(FREE.encode(), "text/plain")

        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            server.asked.append(parse_qs(self.rfile.read(length).decode())["data"][0])
            server.agents.append(self.headers["User-Agent"])
            self._send(json.dumps(server.next_answer()).encode(), "application/json")

        def _send(self, content: bytes, kind: str) -> None:
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: Any) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as http:
        server.url = f"http://127.0.0.1:{http.server_address[1]}/api"
        thread = threading.Thread(target=http.serve_forever, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            http.shutdown()
            thread.join()
