"""The pictures of the page in `docs/images/`, made anew: `python -m tests.page.screenshots`.

They are made with the Chromium of the npm package and its font, so that they come out much alike on every machine.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from playwright.sync_api import Browser

from cdk_eventbridge_patterns.assembly import topology_of
from cdk_eventbridge_patterns.checks.judge import judge
from cdk_eventbridge_patterns.diagrams.page import page_of
from cdk_eventbridge_patterns.topology.topology import Topology
from tests.page.browser import ROOT, a_browser, unpacked
from tests.page.world import a_world
from tests.retailer import ORGANIZATION, retailer

FOLDER = ROOT / "docs" / "images"
LARGEST = 250_000


@dataclass(frozen=True, kw_only=True)
class Shot:
    """One picture: of which estate, where on its page, in light or dark."""

    estate: str
    at: str = ""
    scheme: str = "light"


SHOTS: Mapping[str, Shot] = {
    "page_fifty_services": Shot(estate="retailer"),
    "page_event": Shot(estate="retailer", at="#event=payments/PaymentTaken.v1", scheme="dark"),
    "page_trace": Shot(estate="world", at="#event=orders/OrderPlaced.v1&view=trace&step=10"),
    "page_findings": Shot(estate="world", at="#view=findings", scheme="dark"),
    "page_access": Shot(
        estate="retailer", at="#bus=arn:aws:events:eu-west-1:100000000003:event-bus/acme-prod-orders&view=access"
    ),
}


def estates() -> Iterator[tuple[str, str, Topology]]:
    """Return what is shown: its name, its title, its topology."""
    yield "world", "Acme Orders", a_world()
    yield "retailer", "Acme Retail", replace(topology_of(retailer()), organization=ORGANIZATION)


def take(browser: Browser, file: Path, shot: Shot) -> bytes:
    """Return a picture of the page in *file*, as PNG."""
    page = browser.new_page(viewport={"width": 1200, "height": 730}, color_scheme=shot.scheme, reduced_motion="reduce")  # type: ignore[arg-type]
    page.goto(file.as_uri() + shot.at)
    taken = page.screenshot()
    page.close()
    return taken


def main() -> None:
    """Make all of them.

    Raises:
        SystemExit: If the Chromium of the npm package is not installed, or a picture is too large.
    """
    path = unpacked()
    if path is None:
        sys.exit("the Chromium of the npm package is not installed: run make page")
    with tempfile.TemporaryDirectory() as folder, a_browser(path) as browser:
        files = {}
        for name, title, topology in estates():
            files[name] = Path(folder) / f"{name}.html"
            files[name].write_text(page_of(topology, judge(topology), title=title), encoding="utf-8")
        for name, shot in SHOTS.items():
            taken = take(browser, files[shot.estate], shot)
            if len(taken) > LARGEST:
                sys.exit(f"{name} must be smaller than {LARGEST} bytes, got {len(taken)}")
            (FOLDER / f"{name}.png").write_bytes(taken)


if __name__ == "__main__":
    main()
