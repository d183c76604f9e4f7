"""Take the pictures of `docs/catalog.md` of the website that `make eventcatalog` built.

python -m tests.eventcatalog.picture [CHROMIUM]
"""

from __future__ import annotations

import subprocess
import sys
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from tests.eventcatalog.project import INSTALLED

IMAGES = Path(__file__).parents[2] / "docs" / "images"
PICTURES = {
    "eventcatalog.png": ("/docs/events/orders.RefundRequested/1/", "1280,900"),
    "eventcatalog_map.png": ("/visualiser/events/orders.RefundRequested/1/", "1280,640"),
}


def take(chromium: str) -> None:
    """Serve the website on this machine and take each picture."""
    handler = partial(SimpleHTTPRequestHandler, directory=str(INSTALLED / "catalog" / "dist"))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        for name, (path, size) in PICTURES.items():
            options = ["--headless", "--no-sandbox", "--hide-scrollbars", "--virtual-time-budget=20000"]
            where = f"http://127.0.0.1:{server.server_port}{path}"
            command = [chromium, *options, f"--window-size={size}", f"--screenshot={IMAGES / name}", where]
            subprocess.run(command, check=True, capture_output=True)  # noqa: S603 - our own words
        server.shutdown()


if __name__ == "__main__":
    take(sys.argv[1] if sys.argv[1:] else "chromium")
