"""What our constructs for what exists would be, and why some are none."""

from __future__ import annotations

from typing import Any

import pytest

from cdk_eventbridge_patterns.adoption import Proposal, Verdict, proposals
from cdk_eventbridge_patterns.naming.convention import NamingConvention
from cdk_eventbridge_patterns.testing.builders import (
    a_bus,
    a_bus_policy,
    a_rule,
    a_target,
    a_topology,
    an_archive,
    bus_arn,
    queue_arn,
)
from cdk_eventbridge_patterns.topology.bus import BusKind
from cdk_eventbridge_patterns.undecided import Undecided

ACME = NamingConvention(organization="acme", stage="prod")
ORDERS, BILLING = "111111111111", "222222222222"
QUEUE = queue_arn("invoices", account=ORDERS)
ELSEWHERE = queue_arn("invoices", account=BILLING)
TOPIC = f"arn:aws:sns:eu-west-1:{ORDERS}:customers"
FUNCTION = f"arn:aws:lambda:eu-west-1:{ORDERS}:function:ship"
BATCH = f"arn:aws:batch:eu-west-1:{ORDERS}:job-queue/ship"
BILLING_BUS = bus_arn("acme-prod-billing", account=BILLING)


def proposed(*elements: Any, name: str = "ship") -> Proposal:
    return next(each for each in proposals(a_topology(*elements), ACME).proposals if each.name == name)


def a_plain_rule(*targets: Any, **changed: Any) -> Any:
    return a_rule(*(targets or (a_target(QUEUE),)), **{"name": "ship", **changed})


@pytest.mark.parametrize(
    ("rule", "reason"),
    [
        (a_plain_rule(schedule="rate(1 day)", event_pattern=None), "it runs on a schedule"),
        (a_plain_rule(on=bus_arn("default")), "it is on the default bus"),
        (a_plain_rule(a_target(QUEUE, "a"), a_target(FUNCTION, "b")), "it has 2 targets"),
        (a_plain_rule(event_pattern={"source": ["orders.web"]}), "does not name source and detail-type"),
        (
            a_plain_rule(event_pattern={"source": [{"prefix": "orders"}], "detail-type": ["A"]}),
            "so no contract can stand for what it takes",
        ),
        (
            a_plain_rule(event_pattern={"source": ["a"], "detail-type": ["b"], "account": [ORDERS]}),
            "its event pattern asks for account",
        ),
        (a_plain_rule(a_target(BATCH)), f"nothing delivers to {BATCH}"),
        (a_plain_rule(a_target(ELSEWHERE)), "is in another account than its bus"),
        (a_plain_rule(a_target(BILLING_BUS)), "it carries events to another bus"),
        (a_plain_rule(a_target(BILLING_BUS, input={"Input": "{}"})), "it transforms what it carries to a bus"),
        (a_plain_rule(a_target(QUEUE, input={"Input": '"tick"'})), "it sends a text that is no JSON object"),
        (
            a_plain_rule(a_target(QUEUE, parameters={"EcsParameters": {}})),
            "its target has EcsParameters, which a delivery does not say",
        ),
        (a_plain_rule(kind=BusKind.V2), "it is a subscriber of the newer bus"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_rule_that_ours_do_not_say_is_told_with_the_reason(rule: Any, reason: str) -> None:
    found = proposed(rule)

    assert (found.verdict, found.call) == (Verdict.NOT_EXPRESSIBLE, None)
    assert reason in "; ".join(found.reasons)


def test_what_is_known_at_deployment_only_is_undecided() -> None:
    found = proposed(a_plain_rule(event_pattern=Undecided("parameter 'Pattern' of Stack has no value")))

    assert (found.verdict, found.reasons) == (Verdict.UNDECIDED, ("parameter 'Pattern' of Stack has no value",))


def test_a_rule_without_a_name_is_replaced_for_ours_has_one() -> None:
    found = proposed(a_plain_rule(name="«name of Stack/Ship»"), name="RulenameofStackShip")

    assert found.verdict is Verdict.REPLACED
    assert found.call is not None
    assert "adopt=" not in found.call


@pytest.mark.parametrize(
    ("target", "leaves_out", "said"),
    [
        (QUEUE, False, None),
        (QUEUE, True, "replays=False"),
        (TOPIC, True, None),
        (TOPIC, False, "replays=True"),
    ],
    ids=["queue", "queue without replays", "topic without replays", "topic"],
)
def test_whether_a_rule_takes_replays_stays_as_it_is(target: str, leaves_out: bool, said: str | None) -> None:
    pattern = {"source": ["com.acme.orders"], "detail-type": ["OrderPlaced.v1"]}
    replays = {"replay-name": [{"exists": False}]} if leaves_out else {}

    call = proposed(a_plain_rule(a_target(target), event_pattern={**pattern, **replays})).call

    assert call is not None
    assert ("replays=" in call) == (said is not None)
    assert said is None or said in call


def test_a_rule_to_a_function_is_a_delivery_with_its_input_retry_and_ids() -> None:
    target = a_target(FUNCTION, "Target0", input={"InputPath": "$.detail.order"}, max_attempts=3)

    found = proposed(a_plain_rule(target))

    assert found.call == (
        'orders_bus.deliver(ORDER_PLACED, to=ship, input=TargetInput.from_path("$.detail.order"), name="ship", '
        'retry=RetryPolicy(maximum_attempts=3), adopt=Adopted(logical_id="Ruleship", name="ship", target_id="Target0"))'
    )
    assert found.by_convention is not None
    assert found.by_convention.startswith("acme-prod-orders--ship; a rename replaces it")


def test_a_rule_on_another_accounts_bus_to_its_own_is_a_subscription() -> None:
    found = proposed(a_plain_rule(a_target(BILLING_BUS, "billing"), account=BILLING))

    assert found.call is not None
    assert found.call.startswith("billing_bus.subscribe(ORDER_PLACED, on=BusReference.from_arn(")


@pytest.mark.parametrize(
    ("statement", "verdict", "reason"),
    [
        ({"Effect": "Deny"}, Verdict.NOT_EXPRESSIBLE, "it denies"),
        ({"Principal": "*"}, Verdict.NOT_EXPRESSIBLE, "it lets everyone in"),
        ({"Action": "events:DescribeEventBus"}, Verdict.NOT_EXPRESSIBLE, "something else"),
        ({"Action": "events:PutRule"}, Verdict.UNDECIDED, "which service of account 222222222222 subscribes"),
        ({"Principal": {"AWS": "«parameter 'Who'»"}}, Verdict.UNDECIDED, "known at deployment only"),
        ({}, Verdict.TAKEN_OVER, ""),
    ],
)
def test_a_statement_is_taken_over_where_ours_say_whom_it_lets_in(
    statement: dict[str, Any], verdict: Verdict, reason: str
) -> None:
    written = {
        "Sid": "old",
        "Effect": "Allow",
        "Principal": {"AWS": f"arn:aws:iam::{BILLING}:root"},
        "Action": "events:PutEvents",
        "Resource": bus_arn(),
        **statement,
    }

    found = proposed(a_bus(), a_plain_rule(), a_bus_policy(written), name="old")

    assert found.verdict is verdict
    assert reason in "; ".join(found.reasons)


def test_a_bus_for_which_no_rule_names_an_event_is_taken_for_one_that_receives() -> None:
    found = proposed(a_bus(), name="acme-prod-orders")

    assert found.call is not None
    assert found.call.startswith('ConsumerBus(stack, "')


def test_a_bus_whose_name_tells_another_service_is_given_one() -> None:
    topology = a_topology(a_bus("legacy-hub"))

    (found,) = proposals(topology, ACME, {"legacy-hub": "orders"}).proposals

    assert found.call is not None
    assert 'service="orders"' in found.call


def test_an_archive_of_some_events_stays_and_the_bus_is_told_so() -> None:
    archive = an_archive(event_pattern={"source": ["orders.web"]})

    assert proposed(a_bus(), archive, name=archive.name).verdict is Verdict.NOT_EXPRESSIBLE
    call = next(
        each.call for each in proposals(a_topology(a_bus(), archive), ACME).proposals if each.kind == "event bus"
    )
    assert 'archive=Disabled("the archive that there is stays as it is")' in str(call)
