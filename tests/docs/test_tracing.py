"""What the page on tracing shows is what the command prints."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from aws_cdk import App, Environment, Stack
from aws_cdk import aws_sqs as sqs

from cdk_eventbridge_patterns import BusReference, Consumer, ConsumerBus, EventContract, NamingConvention, ProducerBus
from cdk_eventbridge_patterns.cli.trace import TraceCommand

PAGE = Path(__file__).parents[2] / "docs" / "tracing.md"
ACME = NamingConvention(organization="acme", stage="prod")
ORDER_PLACED = EventContract(service="orders", event="OrderPlaced", detail={"type": "object"})
ORDER = {"source": "com.acme.orders", "detail-type": "OrderPlaced.v1", "detail": {"order_id": "o-1"}}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tracing")
    app = App(outdir=str(folder / "cdk.out"))
    orders = Stack(app, "Orders", env=Environment(account="111111111111", region="eu-west-1"))
    consumers = [Consumer("billing", account="222222222222", events=[ORDER_PLACED])]
    ProducerBus(orders, "Bus", service="orders", publishes=[ORDER_PLACED], consumers=consumers, convention=ACME)
    billing = Stack(app, "Billing", env=Environment(account="222222222222", region="eu-west-1"))
    ConsumerBus(billing, "Bus", service="billing", convention=ACME).subscribe(
        ORDER_PLACED,
        on=BusReference.of("orders", account="111111111111"),
        deliver_to=sqs.Queue(billing, "Invoices", queue_name="invoices", enforce_ssl=True),
    )
    app.synth()
    (folder / "order.json").write_text(json.dumps(ORDER))
    return folder


@pytest.mark.parametrize("publisher", [None, "333333333333"])
def test_the_page_shows_what_the_command_prints(
    folder: Path, publisher: str | None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(folder)
    command = TraceCommand(
        event=Path("order.json"), paths=[Path("cdk.out")], bus="acme-prod-orders", publisher=publisher
    )

    command.run(form="text", all_steps=False)

    asked = "" if publisher is None else f"--from {publisher} "
    line = re.escape(f"$ cdk-eventbridge trace order.json --bus acme-prod-orders {asked}cdk.out\n")
    (shown,) = re.findall(line + r"(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert capsys.readouterr().out == shown
