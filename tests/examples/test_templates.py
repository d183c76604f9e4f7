"""What the examples' templates must be, all of them: what a producer's and a consumer's reviewers would ask."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any, cast

import pytest
from aws_cdk import App, Validations
from cdk_nag import AwsSolutionsChecks, NIST80053R5Checks, ServerlessChecks

from cdk_eventbridge_patterns import GlobalEndpoint, MultiBusTopology, Service, use_convention
from cdk_eventbridge_patterns.naming.arn import Arn
from examples.blue_purple_orange import services as blue_purple_orange
from examples.cross_region import app as cross_region_app
from examples.shop import app as shop_app
from examples.two_apps import billing_app, orders_app
from examples.two_apps.contracts import CONVENTION, INVOICE_ISSUED, ORDER_PLACED
from tests.compliance.packs import plugin_reports, violations
from tests.templates import SynthesizedStack, synthesize

Stacks = dict[str, SynthesizedStack]

# All whose rules and buses are in one Region; what holds in several is asked of `cross_region` too.
EXAMPLES = ["reference", "shop", "single_bus", "two_apps", "direct_targets", "aws_events", "idempotent_consumer"]
in_every_region = pytest.mark.parametrize("stacks", [*EXAMPLES, "cross_region"], indirect=True)


@pytest.fixture(params=EXAMPLES)
def stacks(request: pytest.FixtureRequest) -> Stacks:
    """All stacks of one example."""
    return cast("Stacks", request.getfixturevalue(request.param))


def reference_topology(app: App, services: Sequence[Service] = blue_purple_orange.SERVICES) -> MultiBusTopology:
    """Put the reference topology into *app*, as `app.py` does."""
    return MultiBusTopology(
        app,
        "BluePurpleOrange",
        services=services,
        region=blue_purple_orange.REGION,
        convention=blue_purple_orange.CONVENTION,
    )


# -- What cdk-nag finds in what no example has: see test_compliance.py for all else


def judged(folder: Path, build: Callable[[App], object]) -> dict[str, Any]:
    """Return what cdk-nag's packs say of an app."""
    app = App(outdir=str(folder))
    Validations.of(app).add_plugins(AwsSolutionsChecks(app), ServerlessChecks(app), NIST80053R5Checks(app))
    build(app)
    app.synth()
    return plugin_reports(folder)


def test_cdk_nag_finds_nothing_in_a_global_endpoint_but_a_name_that_eventbridge_gives(tmp_path: Path) -> None:
    def build(app: App) -> None:
        use_convention(app, CONVENTION)
        orders, standby = (cross_region_app.orders_in(app, region) for region in ("eu-west-1", "eu-central-1"))
        GlobalEndpoint(orders, "Endpoint", bus=orders.inbox, secondary=standby.inbox)

    reports = judged(tmp_path, build)

    acknowledged = {each["ruleName"] for each in reports["AwsSolutions"]["suppressedViolations"]}
    managed = "111111111111:rule/acme-prod-orders/GlobalEndpointManagedRule-*"
    assert violations(tmp_path) == []
    assert acknowledged == {
        f"AwsSolutions-IAM5[Resource::arn:aws:events:{region}:{managed}]" for region in ("eu-west-1", "eu-central-1")
    }


# -- Nothing ties stacks together but literal names


def values(node: object) -> Iterator[object]:
    """Every value below *node*: those of intrinsic functions whole, and all else one by one."""
    if isinstance(node, Mapping):
        if len(node) == 1 and re.fullmatch(r"Ref|Condition|Fn::\w+", str(next(iter(node)))):
            yield node
            return
        for value in node.values():
            yield from values(value)
    elif isinstance(node, list):
        for value in node:
            yield from values(value)
    else:
        yield node


@in_every_region
def test_no_stack_exports_or_imports_a_value(stacks: Stacks) -> None:
    for stack in stacks.values():
        text = json.dumps(stack.template)

        assert "Fn::ImportValue" not in text
        assert "Fn::GetStackOutput" not in text
        assert not [output for output in stack.template.get("Outputs", {}).values() if "Export" in output]


@in_every_region
def test_every_arn_in_another_account_is_literal(stacks: Stacks) -> None:
    accounts = {stack.account for stack in stacks.values()}

    crossing = 0
    for stack in stacks.values():
        for value in values(stack.template["Resources"]):
            for account in accounts - {stack.account}:
                if account in json.dumps(value):
                    assert isinstance(value, str)
                    assert value == account or is_in_name(account, value, stack) or Arn.parse(value).account == account
                    crossing += 1

    assert crossing


def is_in_name(account: str, value: str, stack: SynthesizedStack) -> bool:
    """Return whether it is the role for the rules on a default bus, which has the account in its name."""
    is_own_role = not value.startswith("arn:") or value.startswith(f"arn:aws:iam::{stack.account}:role/")
    return is_own_role and f"default{account}" in value.lower().replace("-", "")


def test_every_example_of_subscriptions_has_some(
    reference: Stacks, shop: Stacks, single_bus: Stacks, two_apps: Stacks, aws_events: Stacks
) -> None:
    for stacks in (reference, shop, single_bus, two_apps, aws_events):
        assert list(subscription_rules(stacks))


def test_rules_on_the_buses_of_others_hold_no_reference_at_all(stacks: Stacks) -> None:
    for stack, rule in subscription_rules(stacks):
        (target,) = rule["Targets"]
        texts = [rule["EventBusName"], target["Arn"], target["RoleArn"], target["DeadLetterConfig"]["Arn"]]
        arns = [Arn.parse(text) for text in texts]
        assert arns[0].account != stack.account
        assert {arn.account for arn in arns[1:]} == {stack.account}
        assert {arn.region for arn in arns if arn.service != "iam"} == {stack.region}


def subscription_rules(stacks: Stacks) -> Iterator[tuple[SynthesizedStack, dict[str, Any]]]:
    """The rules that stand on a bus known by its ARN, with the stack they are in."""
    for stack in stacks.values():
        for rule in stack.of_type("AWS::Events::Rule").values():
            if str(rule["Properties"]["EventBusName"]).startswith("arn:"):
                yield stack, rule["Properties"]


# -- Every declared flow is allowed, and nothing else


def test_every_flow_has_a_role_and_a_dead_letter_queue_and_a_bus_that_are_there(stacks: Stacks) -> None:
    for stack, rule in subscription_rules(stacks):
        (target,) = rule["Targets"]
        here = [other for other in stacks.values() if (other.account, other.region) == (stack.account, stack.region)]

        roles = {role["Properties"].get("RoleName") for role in stack.of_type("AWS::IAM::Role").values()}
        queues = {queue["Properties"].get("QueueName") for queue in stack.of_type("AWS::SQS::Queue").values()}
        buses = {bus["Properties"]["Name"] for other in here for bus in other.of_type("AWS::Events::EventBus").values()}

        assert target["RoleArn"].rpartition("/")[2] in roles
        assert target["DeadLetterConfig"]["Arn"].rpartition(":")[2] in queues
        assert target["Arn"].rpartition("/")[2] in buses
        assert owners_of(stacks, rule["EventBusName"])


def owners_of(stacks: Stacks, bus_arn: str) -> list[SynthesizedStack]:
    """The stacks that make the bus; of a default bus, which nobody makes, those that let others put rules on it."""
    bus = Arn.parse(bus_arn)
    if bus.resource == "event-bus/default":
        return [
            stack
            for stack in stacks.values()
            if (stack.account, stack.region) == (bus.account, bus.region)
            and any(
                policy["Properties"]["EventBusName"] == "default"
                for policy in stack.of_type("AWS::Events::EventBusPolicy").values()
            )
        ]
    return [
        stack
        for stack in stacks.values()
        for made in stack.of_type("AWS::Events::EventBus").values()
        if (stack.account, stack.region, f"event-bus/{made['Properties']['Name']}")
        == (bus.account, bus.region, bus.resource)
    ]


def test_every_flow_has_its_three_statements_and_nobody_else_may_put_rules(stacks: Stacks) -> None:
    needed = set()
    for stack, rule in subscription_rules(stacks):
        (owner,) = owners_of(stacks, rule["EventBusName"])
        allowing = {
            purpose: [sid for sid, statement in owner.statements().items() if allows(statement, stack, rule)]
            for purpose, allows in ALLOWS.items()
        }
        assert {purpose: len(sids) for purpose, sids in allowing.items()} == dict.fromkeys(ALLOWS, 1)
        needed |= {(owner.path, sid) for sids in allowing.values() for sid in sids}

    about_rules = {
        (stack.path, sid)
        for stack in stacks.values()
        for sid, statement in stack.statements().items()
        if set(actions_of(statement)) != {"events:PutEvents"}
    }
    assert about_rules == needed


def actions_of(statement: Mapping[str, Any]) -> list[str]:
    actions = statement["Action"]
    return [actions] if isinstance(actions, str) else list(actions)


def is_about(statement: Mapping[str, Any], stack: SynthesizedStack, rule: Mapping[str, Any], action: str) -> bool:
    bus = Arn.parse(rule["EventBusName"])
    on_bus = "" if bus.resource == "event-bus/default" else bus.resource.removeprefix("event-bus/") + "/"
    rule_arn = str(replace(bus, resource=f"rule/{on_bus}{rule['Name']}"))
    return (
        action in actions_of(statement)
        and statement["Principal"] == {"AWS": f"arn:aws:iam::{stack.account}:root"}
        and fnmatchcase(rule_arn, statement["Resource"])
    )


def allows_the_rule(statement: Mapping[str, Any], stack: SynthesizedStack, rule: Mapping[str, Any]) -> bool:
    events = statement["Condition"].get("ForAllValues:StringEquals", {})
    return (
        is_about(statement, stack, rule, "events:PutRule")
        and set(rule["EventPattern"]["source"]) <= set(events["events:source"])
        and set(rule["EventPattern"]["detail-type"]) <= set(events["events:detail-type"])
    )


def allows_the_target(statement: Mapping[str, Any], stack: SynthesizedStack, rule: Mapping[str, Any]) -> bool:
    return (
        is_about(statement, stack, rule, "events:PutTargets")
        and statement["Condition"]["ArnLike"]["events:TargetArn"] == rule["Targets"][0]["Arn"]
    )


def allows_to_manage(statement: Mapping[str, Any], stack: SynthesizedStack, rule: Mapping[str, Any]) -> bool:
    return is_about(statement, stack, rule, "events:DeleteRule") and is_about(
        statement, stack, rule, "events:RemoveTargets"
    )


ALLOWS = {"rules": allows_the_rule, "targets": allows_the_target, "manage": allows_to_manage}


def test_every_event_that_is_taken_over_is_delivered_on_from_where_it_arrives(stacks: Stacks) -> None:
    delivered = {
        (f"arn:aws:events:{stack.region}:{stack.account}:event-bus/{rule['Properties']['EventBusName']}", event)
        for stack in stacks.values()
        for rule in stack.of_type("AWS::Events::Rule").values()
        for event in events_of(rule["Properties"])
    }

    for _, rule in subscription_rules(stacks):
        assert {(rule["Targets"][0]["Arn"], event) for event in events_of(rule)} <= delivered


def events_of(rule: Mapping[str, Any]) -> set[tuple[str, str]]:
    pattern = rule["EventPattern"]
    return {(source, detail_type) for source in pattern["source"] for detail_type in pattern["detail-type"]}


def test_with_an_organisation_the_policy_is_the_same_whatever_the_number_of_consumers(tmp_path: Path) -> None:
    def statements(number: int) -> dict[str, dict[str, Any]]:
        app = App(outdir=str(tmp_path / str(number)))
        consumers = [Service(f"consumer-{each}", f"{each:012}", consumes=[ORDER_PLACED]) for each in range(number)]
        MultiBusTopology(
            app,
            "Estate",
            services=[Service("orders", "111111111111", publishes=[ORDER_PLACED]), *consumers],
            region="eu-west-1",
            organization_id="o-exampleorg1",
            convention=CONVENTION,
        )
        return synthesize(app)["Estate/Orders"].statements()

    one, many = statements(1), statements(9)

    assert one == many
    about_rules = {sid: statement for sid, statement in one.items() if "events:PutEvents" not in actions_of(statement)}
    assert list(about_rules) == [f"acme-prod-orders--organization--{each}" for each in ("manage", "rules", "targets")]
    for statement in about_rules.values():
        assert statement["Principal"] == "*"
        assert statement["Condition"]["StringEquals"] == {"aws:PrincipalOrgID": "o-exampleorg1"}


# -- The order of deployment


def test_subscriptions_wait_for_their_own_bus_and_those_of_their_producers(reference: Stacks, shop: Stacks) -> None:
    for stacks in (reference, shop):
        rules = list(subscription_rules(stacks))
        for stack in {stack.path: stack for stack, _ in rules}.values():
            taken_from = [rule["EventBusName"] for other, rule in rules if other is stack]
            received_on = [rule["Targets"][0]["Arn"] for other, rule in rules if other is stack]

            owners = {owner.path for bus in (*taken_from, *received_on) for owner in owners_of(stacks, bus)}

            assert stack.dependencies == owners


def test_stacks_with_buses_wait_for_nothing_so_services_may_consume_from_each_other(
    reference: Stacks, shop: Stacks
) -> None:
    for stack in (*reference.values(), *shop.values()):
        if stack.of_type("AWS::Events::EventBus"):
            assert stack.dependencies == frozenset()


# -- One app or two


def test_two_teams_apps_make_what_one_app_for_both_makes(two_apps: Stacks, tmp_path: Path) -> None:
    app = App(outdir=str(tmp_path))
    MultiBusTopology(
        app,
        "Estate",
        region="eu-west-1",
        convention=CONVENTION,
        services=[
            Service(
                "orders",
                orders_app.ENV.account or "",
                publishes=[ORDER_PLACED],
                consumes=[INVOICE_ISSUED],
                owner="team-orders",
            ),
            Service(
                "billing",
                billing_app.ENV.account or "",
                publishes=[INVOICE_ISSUED],
                consumes=[ORDER_PLACED],
                owner="team-billing",
            ),
        ],
    )

    one_app = synthesize(app)

    assert {path: without_path(stack) for path, stack in two_apps.items()} == {
        path.removeprefix("Estate/"): without_path(stack) for path, stack in one_app.items()
    }


def without_path(stack: SynthesizedStack) -> dict[str, Any]:
    """Return the resources without where they stand in the tree, and with the account they are made in."""
    resources = json.loads(json.dumps(stack.resources))
    for resource in resources.values():
        resource.get("Metadata", {}).pop("aws:cdk:path", None)
    return {"account": stack.account, "region": stack.region, "resources": resources}


# -- Names stay


LOGICAL_IDS = {
    "BluePurpleOrange/Blue": {
        "BlueBus",
        "BlueBusAllowsPublish",
        "BlueBusAllowsPurpleManage",
        "BlueBusAllowsPurpleRules",
        "BlueBusAllowsPurpleTargets",
        "BlueBusArchive",
        "BlueBusDashboard",
        "BlueBusDeadLetteredAlarm",
        "BlueBusErrorLogsDelivery",
        "BlueBusErrorLogsSource",
        "BlueBusFailedAlarm",
        "BlueBusLogDestination",
        "BlueBusLogGroup",
        "BlueBusLostAlarm",
        "BlueBusPublishFailedAlarm",
        "BlueBusSlowAlarm",
        "BlueBusThrottledAlarm",
        "BlueDeadLettersQueue",
        "BlueDeadLettersQueueAgeAlarm",
        "BlueDeadLettersQueueAlarm",
        "BlueDeadLettersQueuePolicy",
        "BlueDeliversPurpleEvent2V1",
        "BlueEvent1V1Schema",
        "BluePurpleEvent2V1Queue",
        "BluePurpleEvent2V1QueuePolicy",
        "BlueSchemaRegistry",
    },
    "BluePurpleOrange/BlueSubscriptions": {
        "BlueFromPurpleRole",
        "BlueSubscriptionDeadLettersQueue",
        "BlueSubscriptionDeadLettersQueueAgeAlarm",
        "BlueSubscriptionDeadLettersQueueAlarm",
        "BlueSubscriptionDeadLettersQueuePolicy",
        "BlueTakesPurpleEvent2V1",
    },
    "BluePurpleOrange/Orange": {
        "OrangeBus",
        "OrangeBusAllowsPublish",
        "OrangeBusAllowsPurpleManage",
        "OrangeBusAllowsPurpleRules",
        "OrangeBusAllowsPurpleTargets",
        "OrangeBusArchive",
        "OrangeBusDashboard",
        "OrangeBusDeadLetteredAlarm",
        "OrangeBusErrorLogsDelivery",
        "OrangeBusErrorLogsSource",
        "OrangeBusFailedAlarm",
        "OrangeBusLogDestination",
        "OrangeBusLogGroup",
        "OrangeBusLostAlarm",
        "OrangeBusPublishFailedAlarm",
        "OrangeBusSlowAlarm",
        "OrangeBusThrottledAlarm",
        "OrangeDeadLettersQueue",
        "OrangeDeadLettersQueueAgeAlarm",
        "OrangeDeadLettersQueueAlarm",
        "OrangeDeadLettersQueuePolicy",
        "OrangeDeliversPurpleEvent2V1",
        "OrangeEvent3V1Schema",
        "OrangePurpleEvent2V1Queue",
        "OrangePurpleEvent2V1QueuePolicy",
        "OrangeSchemaRegistry",
    },
    "BluePurpleOrange/OrangeSubscriptions": {
        "OrangeFromPurpleRole",
        "OrangeSubscriptionDeadLettersQueue",
        "OrangeSubscriptionDeadLettersQueueAgeAlarm",
        "OrangeSubscriptionDeadLettersQueueAlarm",
        "OrangeSubscriptionDeadLettersQueuePolicy",
        "OrangeTakesPurpleEvent2V1",
    },
    "BluePurpleOrange/Purple": {
        "PurpleBlueEvent1V1Queue",
        "PurpleBlueEvent1V1QueuePolicy",
        "PurpleBus",
        "PurpleBusAllowsBlueManage",
        "PurpleBusAllowsBlueRules",
        "PurpleBusAllowsBlueTargets",
        "PurpleBusAllowsOrangeManage",
        "PurpleBusAllowsOrangeRules",
        "PurpleBusAllowsOrangeTargets",
        "PurpleBusAllowsPublish",
        "PurpleBusArchive",
        "PurpleBusDashboard",
        "PurpleBusDeadLetteredAlarm",
        "PurpleBusErrorLogsDelivery",
        "PurpleBusErrorLogsSource",
        "PurpleBusFailedAlarm",
        "PurpleBusLogDestination",
        "PurpleBusLogGroup",
        "PurpleBusLostAlarm",
        "PurpleBusPublishFailedAlarm",
        "PurpleBusSlowAlarm",
        "PurpleBusThrottledAlarm",
        "PurpleDeadLettersQueue",
        "PurpleDeadLettersQueueAgeAlarm",
        "PurpleDeadLettersQueueAlarm",
        "PurpleDeadLettersQueuePolicy",
        "PurpleDeliversBlueEvent1V1",
        "PurpleDeliversOrangeEvent3V1",
        "PurpleEvent2V1Schema",
        "PurpleOrangeEvent3V1Queue",
        "PurpleOrangeEvent3V1QueuePolicy",
        "PurpleSchemaRegistry",
    },
    "BluePurpleOrange/PurpleSubscriptions": {
        "PurpleFromBlueRole",
        "PurpleFromOrangeRole",
        "PurpleSubscriptionDeadLettersQueue",
        "PurpleSubscriptionDeadLettersQueueAgeAlarm",
        "PurpleSubscriptionDeadLettersQueueAlarm",
        "PurpleSubscriptionDeadLettersQueuePolicy",
        "PurpleTakesBlueEvent1V1",
        "PurpleTakesOrangeEvent3V1",
    },
}


def test_the_logical_ids_of_the_reference_topology_stay(reference: Stacks) -> None:
    """A logical id that changes replaces the resource: see CHANGELOG, "Replaces resources"."""
    assert {path: set(stack.resources) for path, stack in reference.items()} == LOGICAL_IDS


def reversed_order(services: Sequence[Service]) -> list[Service]:
    return [
        replace(service, consumes=service.consumes[::-1], publishes=service.publishes[::-1])
        for service in reversed(services)
    ]


def shuffled_order(services: Sequence[Service]) -> list[Service]:
    # The same shuffle each time: a test that fails must fail again.
    chance = random.Random(4)  # noqa: S311 - nothing secret
    shuffled = [
        replace(
            service,
            consumes=chance.sample(service.consumes, len(service.consumes)),
            publishes=chance.sample(service.publishes, len(service.publishes)),
        )
        for service in services
    ]
    return chance.sample(shuffled, len(shuffled))


def shop_services() -> Sequence[Service]:
    """Return the services of the shop as they are declared for one stage."""
    stage = shop_app.ShopStage(App(), "test")
    return cast("MultiBusTopology", stage.node.find_child("Shop")).services


@pytest.mark.parametrize("reorder", [reversed_order, shuffled_order])
@pytest.mark.parametrize("declared", [lambda: blue_purple_orange.SERVICES, shop_services], ids=["reference", "shop"])
def test_the_order_of_declaration_changes_nothing(
    tmp_path: Path, declared: Callable[[], Sequence[Service]], reorder: Callable[[Sequence[Service]], list[Service]]
) -> None:
    as_declared = App(outdir=str(tmp_path / "declared"))
    reordered = App(outdir=str(tmp_path / "reordered"))
    services = declared()

    reference_topology(as_declared, services)
    reference_topology(reordered, reorder(services))

    expected, got = synthesize(as_declared), synthesize(reordered)
    assert {path: stack.template for path, stack in got.items()} == {
        path: stack.template for path, stack in expected.items()
    }
    assert {path: stack.dependencies for path, stack in got.items()} == {
        path: stack.dependencies for path, stack in expected.items()
    }
