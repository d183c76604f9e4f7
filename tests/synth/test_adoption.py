"""An estate in plain CDK comes over: nothing replaced, nothing lost, by the Python that `adopt` itself suggests."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from aws_cdk import App, Stack

from cdk_eventbridge_patterns import Adopted, ProducerBus, exempt
from cdk_eventbridge_patterns.adoption import Fate, Proposals, Takeover, proposals, takeover
from cdk_eventbridge_patterns.assembly import read_assembly
from cdk_eventbridge_patterns.assembly.read_topology import read_topology
from cdk_eventbridge_patterns.checks.judge import judge
from cdk_eventbridge_patterns.checks.settings import Settings
from tests.adoption_estate import invoices_queue, plain_estate
from tests.world import ACME, BILLING, ORDER_PLACED, ORDERS, a_stack, an_app

SERVICES = {"orders-hub": "orders", "billing-in": "billing"}
RULE_ID, BUS_ID = "ShipC2EE6D16", "BusEA82B648"


@pytest.fixture(scope="module")
def existing(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The assembly that is deployed."""
    return plain_estate(tmp_path_factory.mktemp("plain"))


@pytest.fixture(scope="module")
def suggested(existing: Path) -> Proposals:
    return proposals(read_topology([existing]), ACME, SERVICES)


@pytest.fixture(scope="module")
def new(suggested: Proposals, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the suggested Python synthesizes, in stacks of the same names, with the queue that the team keeps."""
    app = an_app(tmp_path_factory.mktemp("ours"))
    orders = a_stack(app, "Orders", ORDERS)
    queue = invoices_queue(orders)
    exempt(queue, reason="it has messages in it")
    _function(suggested, f"{ORDERS} eu-west-1 orders")(orders, invoices=queue)
    _function(suggested, f"{BILLING} eu-west-1 billing")(a_stack(app, "Billing", BILLING))
    return Path(app.synth().directory)


@pytest.fixture(scope="module")
def taken_over(existing: Path, new: Path) -> Takeover:
    return takeover(read_assembly(existing), read_assembly(new))


def test_the_suggested_python_replaces_nothing(taken_over: Takeover) -> None:
    bad = [each for each in taken_over.outcomes if each.fate in (Fate.REPLACED, Fate.MOVED) or each.fails is not False]

    assert bad == []


def test_bus_rules_and_archive_are_changed_where_they_are(taken_over: Takeover) -> None:
    changed = {each.name: each.properties for each in taken_over.outcomes if each.fate is Fate.CHANGED}

    assert {"orders-hub", "orders-archive", "ship-orders", "billing-in", "billing-orders"} <= changed.keys()
    assert changed["ship-orders"] == ("Description", "Targets.Target0.DeadLetterConfig", "Targets.Target0.RetryPolicy")


def test_a_subscription_with_a_name_of_its_own_delivers_by_a_role_of_its_own(new: Path) -> None:
    (rule,) = [rule for rule in read_topology([new]).rules if rule.name == "billing-orders"]
    role = read_topology([new]).role(str(rule.known_targets[0].role_arn))

    assert role is not None
    assert role.trust[0].values_of("aws:SourceArn") == (rule.arn,)


def test_nothing_is_interrupted(taken_over: Takeover) -> None:
    assert taken_over.interruptions == ()


def test_what_comes_over_arrives_and_passes_our_checks(new: Path) -> None:
    """A name that stays is exempted, and what is declared is proved to arrive."""
    findings = judge(read_topology([new]), Settings(convention=ACME))

    assert [each.message for each in findings if each.acknowledged is None] == [
        "archive 'orders-archive' keeps events for ever"
    ]


def test_every_statement_and_rule_is_proposed_with_what_changes(suggested: Proposals) -> None:
    by_name = {each.name: each for each in suggested.proposals}

    assert "archive of 30 days" in " ".join(by_name["billing-in"].changes)
    assert "a dead-letter queue, which is added" in " ".join(by_name["ship-orders"].changes)
    assert by_name["orders-hub"].by_convention is not None
    assert by_name["orders-hub"].by_convention.startswith("acme-prod-orders; a rename replaces it")


def test_the_field_that_a_rule_filters_on_is_in_the_suggested_contract(suggested: Proposals) -> None:
    code = suggested.snippets[f"{ORDERS} eu-west-1 orders"]

    assert '{"order": {"type": "object", "properties": {"status": {}}}}' in code


def _without_ids(app: App) -> Stack:
    """Ours, put over the plain stack without a word of what was there."""
    stack = a_stack(app, "Orders", ORDERS)
    queue = invoices_queue(stack)
    ProducerBus(stack, "Ours", service="orders", publishes=[ORDER_PLACED]).deliver(ORDER_PLACED, to=queue)
    return stack


def _in_another_place(app: App) -> Stack:
    """The names stay, but not the logical ids."""
    stack = a_stack(app, "Orders", ORDERS)
    invoices_queue(stack)
    ProducerBus(stack, "Ours", service="orders", publishes=[ORDER_PLACED], adopt=Adopted(name="orders-hub"))
    return stack


def _renamed(app: App) -> Stack:
    """The logical ids stay, but not the names."""
    stack = a_stack(app, "Orders", ORDERS)
    queue = invoices_queue(stack)
    bus = ProducerBus(stack, "Ours", service="orders", publishes=[ORDER_PLACED], adopt=Adopted(logical_id=BUS_ID))
    bus.deliver(ORDER_PLACED, to=queue, adopt=Adopted(logical_id=RULE_ID))
    return stack


@pytest.mark.parametrize(
    ("ours", "name", "fate"),
    [
        (_without_ids, "orders-hub", Fate.GONE),
        (_in_another_place, "orders-hub", Fate.MOVED),
        (_renamed, "orders-hub", Fate.REPLACED),
        (_renamed, "ship-orders", Fate.REPLACED),
    ],
)
def test_what_is_not_kept_is_told(
    ours: Callable[[App], Stack], name: str, fate: Fate, existing: Path, tmp_path: Path
) -> None:
    app = an_app(tmp_path)
    ours(app)

    found = takeover(read_assembly(existing), read_assembly(Path(app.synth().directory)))

    outcome = next(each for each in found.outcomes if each.name == name)
    assert (outcome.fate, outcome.fails) == (fate, True)
    assert "NEW has no stack for Billing, so it was taken to stay as it is." in found.notes


def _function(suggested: Proposals, stack: str) -> Callable[..., None]:
    code = suggested.snippets[stack]
    module: dict[str, Any] = {}
    exec(compile(code, stack, "exec"), module)  # noqa: S102 - that it runs is what is asked
    function: Callable[..., None] = module[stack.rsplit(maxsplit=1)[-1]]
    return function
