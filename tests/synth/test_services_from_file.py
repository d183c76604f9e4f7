"""Services from a file as a topology takes them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from aws_cdk import App

from cdk_eventbridge_patterns import (
    Consumes,
    EventContract,
    MultiBusTopology,
    Service,
    ServiceStack,
    services_from_file,
)
from cdk_eventbridge_patterns.errors import DeclarationError
from tests.templates import synthesize
from tests.world import ACME, BILLING, INVOICE_ISSUED, ORDER_PLACED, ORDERS, REGION

FILE = f"""
services:
  orders:
    account: "{ORDERS}"
    owner: team-orders
    publishes: [OrderPlaced.v1]
    consumes: [billing/InvoiceIssued.v1]
  billing:
    account: "{BILLING}"
    publishes: [InvoiceIssued.v1]
    consumes:
      - event: orders/OrderPlaced.v1
        name: placed
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "services.yaml"
    path.write_text(FILE)
    return path


class BillingStack(ServiceStack):
    def deliver(self, events: Sequence[EventContract]) -> None:
        self.delivered = events


def test_a_topology_of_a_file_is_that_of_the_same_declared_in_python(file: Path, tmp_path: Path) -> None:
    in_python = [
        Service("orders", ORDERS, publishes=[ORDER_PLACED], consumes=[INVOICE_ISSUED], owner="team-orders"),
        Service("billing", BILLING, publishes=[INVOICE_ISSUED], consumes=[Consumes(ORDER_PLACED, name="placed")]),
    ]
    stacks = {}
    for name, services in (
        ("file", services_from_file(file, contracts=[ORDER_PLACED, INVOICE_ISSUED])),
        ("python", in_python),
    ):
        app = App(outdir=str(tmp_path / name))
        MultiBusTopology(app, "Shop", services=services, region=REGION, convention=ACME)
        stacks[name] = {path: stack.template for path, stack in synthesize(app).items()}

    assert stacks["file"] == stacks["python"]


def test_a_team_may_have_a_stack_of_its_own(file: Path) -> None:
    orders, billing = services_from_file(
        file, contracts=[ORDER_PLACED, INVOICE_ISSUED], stacks={"billing": BillingStack}
    )

    assert (orders.stack, billing.stack) == (ServiceStack, BillingStack)


def test_fails_on_a_stack_of_no_service_of_the_file(file: Path) -> None:
    with pytest.raises(DeclarationError, match="such as 'billing', got 'biling'"):
        services_from_file(file, contracts=[ORDER_PLACED, INVOICE_ISSUED], stacks={"biling": BillingStack})


def test_fails_without_a_file() -> None:
    with pytest.raises(DeclarationError, match=r"such as 'services\.yaml', got none"):
        services_from_file()


def test_what_a_service_refuses_is_told_with_all_else_at_its_line(file: Path) -> None:
    file.write_text(FILE + '  audit: {account: "1234"}\n  idle: {account: "333333333333"}\n  last: {acount: "1"}\n')

    with pytest.raises(DeclarationError) as raised:
        services_from_file(file, contracts=[ORDER_PLACED, INVOICE_ISSUED])

    _, *faults = str(raised.value).replace(f"{file.parent}/", "").splitlines()
    assert [fault.partition(": ")[0].strip() for fault in faults] == [f"services.yaml:{n}" for n in (14, 15, 16, 16)]
    assert "services.audit: account must be a 12-digit account id" in faults[0]
    assert "services.idle: service 'idle' must publish or consume something" in faults[1]
