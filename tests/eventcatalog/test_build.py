"""What `cdk-eventbridge catalog` writes is built by the real EventCatalog, and is AsyncAPI to its makers' own schema.

Of an app of ours in two stages, and of templates by hand that are not ours, in one catalogue: a build takes minutes.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator
from typer.testing import CliRunner

from cdk_eventbridge_patterns.cli.app import app
from tests.catalogs import front_matter
from tests.eventcatalog.project import (
    asyncapi_schema,
    build,
    is_installed,
    links_of,
    new_project,
    text_of,
    without_times,
)

ROOT = Path(__file__).parents[2]
FOREIGN = Path(__file__).parent / "foreign" / "estate.yaml"
CONFIGURATION = """
convention: {organization: teashop, stage: prod}
domains: {sales: [orders, payments], logistics: [fulfilment]}
"""


@dataclass(frozen=True, kw_only=True)
class Built:
    """A catalogue, its website and the log of its build."""

    project: Path
    log: str

    def page(self, collection: str, id: str, version: str = "1") -> Path:
        return self.project / "dist" / "docs" / collection / id / version / "index.html"

    def pages(self) -> list[tuple[str, dict[str, Any]]]:
        """Return what was written: the collection and the fields of each page."""
        files = [file for file in self.project.rglob("*.mdx") if ".eventcatalog-core" not in file.parts]
        return [(file.relative_to(self.project).parts[0], front_matter(file.read_text())) for file in files]


@pytest.fixture(scope="module")
def installed() -> None:
    """Skip where EventCatalog is not installed, unless `make eventcatalog` runs the tests."""
    if not is_installed():
        is_asked_for = "EVENTCATALOG" in os.environ
        (pytest.fail if is_asked_for else pytest.skip)("EventCatalog is not installed: run make eventcatalog")


@pytest.fixture(scope="module")
def shop(installed: None, tmp_path_factory: pytest.TempPathFactory) -> Path:  # noqa: ARG001 - nothing is made where it is not
    """Return the assembly of the shop."""
    folder = tmp_path_factory.mktemp("shop")
    environment = {**os.environ, "CDK_OUTDIR": str(folder)}
    subprocess.run([sys.executable, "-m", "examples.shop.app"], cwd=ROOT, env=environment, check=True)
    return folder


@pytest.fixture(scope="module")
def built(shop: Path, tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Return the catalogue of both, built."""
    project, config = new_project(), tmp_path_factory.mktemp("config") / "eventbridge.yaml"
    config.write_text(CONFIGURATION)
    write(shop, "eventcatalog", project, "--config", str(config))
    done = build(project)
    assert done.returncode == 0, done.stdout + done.stderr
    return Built(project=project, log=done.stdout)


def write(shop: Path, form: str, folder: Path, *options: str) -> None:
    result = CliRunner().invoke(
        app, ["catalog", str(shop), str(FOREIGN), "--format", form, "--output", str(folder), *options]
    )
    assert result.exit_code == 0, result.output


def test_every_service_event_bus_domain_and_owner_has_a_page_with_its_version(built: Built) -> None:
    pages = built.pages()

    assert {collection for collection, _ in pages} == {"services", "events", "channels", "domains", "teams"}
    for collection, fields in pages:
        if collection == "teams":
            assert fields["name"] in text_of(built.project / "dist" / "docs" / "teams" / fields["id"] / "index.html")
            continue
        page = built.page(collection, fields["id"], fields["version"])
        assert fields["name"] in text_of(page)


def test_a_page_of_an_event_names_and_links_who_publishes_and_who_receives_it_from_which_bus(built: Built) -> None:
    page = built.page("events", "orders.RefundRequested")

    assert {f"/docs/services/{name}/1" for name in ("orders", "payments", "analytics")} <= links_of(page)
    assert "/docs/services/fulfilment/1" not in re.findall(r"<main.*</main>", page.read_text(), re.DOTALL)[0]
    assert {f"/docs/channels/teashop-{stage}-orders/1" for stage in ("test", "prod")} <= links_of(page)
    text = text_of(page)
    assert "Data class: restricted" in text
    assert "Sensitive fields: detail.data.iban" in text


def test_eventcatalog_itself_knows_producers_consumers_and_channels(built: Built) -> None:
    drawn = (built.project / "dist" / "visualiser" / "events" / "orders.RefundRequested" / "1.mermaid").read_text()

    for name in ("orders (1)", "payments (1)", "analytics (1)", "teashop-test-orders (1)", "teashop-prod-orders (1)"):
        assert f'"{name}"' in drawn
    assert "fulfilment" not in drawn


def test_the_schema_of_an_event_is_shown_with_its_fields(built: Built) -> None:
    assert "A customer has sent something back" in text_of(built.page("events", "orders.RefundRequested"))
    assert "basket string required" in text_of(built.page("events", "OrderPlaced-of-checkout"))


def test_what_is_not_ours_is_said_to_be_so(built: Built) -> None:
    service = text_of(built.page("services", "stack-ledger.yaml"))
    event = text_of(built.page("events", "OrderPlaced-of-checkout"))
    bus = text_of(built.page("channels", "checkout"))

    assert "Called by its stack: no stamp says which service it is." in service
    assert "Asked for, declared by nobody" in event
    assert "nobody declared it" in event
    assert "undecided" in event
    assert "it asks for a text that is known at deployment only" in bus


def test_a_name_with_signs_of_markdown_and_mdx_is_shown_as_it_is(built: Built) -> None:
    page = built.page("events", "Order-placed-b-now-b-service-x-why-of-checkout")

    assert "Order {placed}: <b>now</b> [[service|x]] | `why`" in text_of(page)


def test_no_link_between_pages_leads_nowhere(built: Built) -> None:
    for collection, fields in built.pages():
        if collection in ("services", "events", "channels"):
            page = built.page(collection, fields["id"], fields["version"])
            assert "not found" not in text_of(page)
            for link in links_of(page):
                if link.startswith("/docs/") and link.count("/") == 4:
                    assert (built.project / "dist" / link.removeprefix("/") / "index.html").exists(), link


def test_the_log_of_the_build_is_as_the_docs_show_it(built: Built) -> None:
    page = (ROOT / "docs" / "catalog.md").read_text(encoding="utf-8")
    (shown,) = re.findall(r"```console\n\$ npm run build\n(.+?)```", page, re.DOTALL)

    # Parts of the log, in its order, with something left out between them.
    log = "\n".join(without_times(built.log))
    place = 0
    for part in shown.split("…\n"):
        place = log.index(part.rstrip(), place) + len(part.rstrip())


def test_every_asyncapi_document_is_one_to_the_schema_of_its_makers(shop: Path, tmp_path: Path) -> None:
    write(shop, "asyncapi", tmp_path)
    validator = Draft7Validator(asyncapi_schema())

    documents = [json.loads(file.read_text()) for file in sorted(tmp_path.glob("*.asyncapi.json"))]

    assert [each["info"]["title"] for each in documents] == [
        "analytics", "fulfilment", "orders", "payments", "stack checkout.yaml", "stack ledger.yaml",
    ]  # fmt: skip
    for document in documents:
        assert [fault.message for fault in validator.iter_errors(document)] == []
    assert not validator.is_valid({**documents[0], "operations": {"x": {"action": "publish"}}})
