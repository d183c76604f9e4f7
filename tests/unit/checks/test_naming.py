"""What is found wrong with names: for each check what breaks it, the near miss, and the exemption."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Mapping
from dataclasses import replace

import pytest

from cdk_eventbridge_patterns.checks import Finding, Severity, naming
from cdk_eventbridge_patterns.checks.naming import NAMING_CHECKS, exemptions, judge, renames
from cdk_eventbridge_patterns.checks.naming.naming_check import NamingCheck
from cdk_eventbridge_patterns.naming import NamingConvention, ResourceKind
from cdk_eventbridge_patterns.topology import Stamp
from cdk_eventbridge_patterns.topology.location import Location
from cdk_eventbridge_patterns.topology.named_resource import NamedResource
from cdk_eventbridge_patterns.topology.stamp import EventStamp
from cdk_eventbridge_patterns.undecided import Undecided

ACME = NamingConvention(organization="acme", stage="prod")
PLACED = EventStamp(
    service="orders",
    event="OrderPlaced",
    version=1,
    source="com.acme.orders",
    detail_type="OrderPlaced.v1",
    data_class="internal",
)


def a_name(
    name: str | Undecided | None,
    kind: ResourceKind = ResourceKind.BUS,
    *,
    stamp: Stamp | None = None,
    reached_by_others: bool = False,
    exempted: str | None = None,
    logical_id: str = "It",
) -> NamedResource:
    """A name in the stack of orders."""
    return NamedResource(
        kind=kind,
        resource_type="AWS::Events::EventBus",
        name=name,
        location=Location(stack="Orders", logical_id=logical_id, property_path="Name"),
        stamp=stamp,
        reached_by_others=reached_by_others,
        exempted=exempted,
    )


def found(*names: NamedResource) -> list[str]:
    """The ids of what is found."""
    return [finding.check_id for finding in judge(names, ACME)]


def the_only(*names: NamedResource, levels: Mapping[ResourceKind, Severity | None] | None = None) -> Finding:
    (finding,) = judge(names, ACME, levels=levels)
    return finding


# -- NAM001


def test_a_name_off_the_convention_is_found_with_the_expected_one() -> None:
    finding = the_only(a_name("acme_prod_Orders"))

    assert finding.check_id == "NAM001"
    assert finding.severity is Severity.ERROR
    assert finding.message.startswith(
        "event bus name 'acme_prod_Orders' is off the convention, expected 'acme-prod-orders': "
    )
    assert finding.location == Location(stack="Orders", logical_id="It", property_path="Name")


def test_the_fix_says_that_renaming_replaces_the_resource_and_what_that_means() -> None:
    assert the_only(a_name("acme_prod_orders")).fix == (
        "change Name to 'acme-prod-orders'; CloudFormation then replaces it: rules that other accounts have on it must "
        "be put on the new one, publishers must follow; where it must stay, say why by exempt(construct, reason=…)"
    )


def test_the_fix_of_a_targets_id_says_that_the_rule_stays() -> None:
    assert "the rule stays" in the_only(a_name("Target0", ResourceKind.TARGET)).fix


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        pytest.param("acme-prod-orders", ResourceKind.BUS, id="by the convention"),
        pytest.param("default", ResourceKind.BUS, id="the default bus"),
        pytest.param("aws.partner/example.com/orders", ResourceKind.BUS, id="a partner's bus"),
        pytest.param("default--publish", ResourceKind.STATEMENT, id="a statement of the default bus"),
        pytest.param("acme-prod-orders--invoices.fifo", ResourceKind.QUEUE, id="a FIFO queue"),
        pytest.param("com.acme.orders@OrderPlaced.v1", ResourceKind.SCHEMA, id="a schema"),
        pytest.param("com.acme.orders@PlaceOrder.v1", ResourceKind.SCHEMA, id="a schema of an ill-named event"),
    ],
)
def test_what_follows_the_convention_or_is_named_by_aws_is_no_finding(name: str, kind: ResourceKind) -> None:
    assert found(a_name(name, kind)) == []


@pytest.mark.parametrize(
    ("name", "kind", "expected"),
    [
        pytest.param("acme-test-orders", ResourceKind.BUS, "'acme-prod-", id="another stage"),
        pytest.param("default", ResourceKind.RULE, "'acme-prod-", id="a rule called default"),
        pytest.param("default-2", ResourceKind.BUS, "'acme-prod-", id="nearly the default bus"),
        pytest.param("orders.fifo", ResourceKind.QUEUE, ".fifo'", id="a FIFO queue"),
        pytest.param("orders@OrderPlaced.v1", ResourceKind.SCHEMA, "'com.acme.", id="a schema's source"),
        pytest.param("com.acme.orders@order placed", ResourceKind.SCHEMA, "@OrderPlaced.v1'", id="a detail-type"),
        pytest.param("com.acme.orders", ResourceKind.SCHEMA, "'com.acme.orders@", id="a schema without detail-type"),
    ],
)
def test_near_misses_are_found_with_what_is_expected(name: str, kind: ResourceKind, expected: str) -> None:
    finding = the_only(a_name(name, kind))

    assert finding.check_id == "NAM001"
    assert f"{name!r} is off the convention, expected " in finding.message
    assert expected in finding.message.partition("expected ")[2]


def test_a_name_of_another_service_than_its_stamp_says_is_found() -> None:
    finding = the_only(a_name("acme-prod-billing", stamp=Stamp(service="orders")))

    assert (finding.check_id, "'acme-prod-orders'" in finding.message) == ("NAM001", True)


# -- NAM002


def test_a_bus_that_others_reach_without_a_name_is_found() -> None:
    finding = the_only(a_name(None, reached_by_others=True))

    assert (finding.check_id, finding.severity) == ("NAM002", Severity.ERROR)
    assert finding.message == "event bus has no Name though its policy lets other accounts in, which must know it"
    assert "such as 'acme-prod-<service>'" in finding.fix


def test_an_unnamed_resource_that_nobody_else_reaches_is_no_finding() -> None:
    assert found(a_name(None)) == []


# -- NAM003


def test_a_name_that_is_known_at_deployment_is_said_to_be_undecided() -> None:
    finding = the_only(a_name(Undecided("parameter 'Stage' is resolved at deployment")))

    assert (finding.check_id, finding.severity) == ("NAM003", Severity.INFO)
    assert finding.message == (
        "event bus name is known at deployment only: parameter 'Stage' is resolved at deployment"
    )


# -- NAM004


@pytest.mark.parametrize(
    ("event", "message"),
    [
        (
            replace(PLACED, source="orders"),
            "source of OrderPlaced.v1: 'orders' is off the convention, expected 'com.acme.orders'",
        ),
        (
            replace(PLACED, detail_type="order placed"),
            "detail-type of OrderPlaced.v1: 'order placed' is off the convention, expected 'OrderPlaced.v1'",
        ),
    ],
)
def test_an_event_that_is_published_off_the_convention_is_found(event: EventStamp, message: str) -> None:
    finding = the_only(a_name("acme-prod-orders", stamp=Stamp(service="orders", publishes=[event])))

    assert (finding.check_id, finding.severity, finding.message) == ("NAM004", Severity.WARNING, message)


def test_an_event_that_is_called_like_a_command_is_found() -> None:
    command = replace(PLACED, event="PlaceOrder", detail_type="PlaceOrder.v1")

    finding = the_only(a_name("acme-prod-orders", stamp=Stamp(service="orders", publishes=[command])))

    assert (finding.check_id, finding.severity) == ("NAM004", Severity.WARNING)
    assert "past" in finding.message


def test_an_event_by_the_convention_is_no_finding() -> None:
    assert found(a_name("acme-prod-orders", stamp=Stamp(service="orders", publishes=[PLACED]))) == []


def test_an_event_of_a_service_that_the_convention_does_not_know_is_found_and_stops_nothing_else() -> None:
    convention = NamingConvention(organization="acme", stage="prod", allowed={"service": ["billing"]})
    bus = a_name("acme-prod-billing", stamp=Stamp(service="billing", publishes=[PLACED]))

    (finding,) = judge([bus], convention)

    assert (finding.check_id, "'orders'" in finding.message) == ("NAM004", True)


# -- Exemptions, and NAM005


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(a_name("legacy"), id="NAM001"),
        pytest.param(a_name(None, reached_by_others=True), id="NAM002"),
        pytest.param(a_name(Undecided("a parameter")), id="NAM003"),
        pytest.param(
            a_name("acme-prod-orders", stamp=Stamp(service="orders", publishes=[replace(PLACED, source="orders")])),
            id="NAM004",
        ),
    ],
)
def test_what_is_exempted_for_a_reason_is_no_finding(name: NamedResource) -> None:
    assert found(replace(name, exempted="as old as the company")) == []


def test_an_exemption_without_a_reason_exempts_from_nothing() -> None:
    assert found(a_name("legacy", exempted="")) == ["NAM001", "NAM005"]


def test_an_exemption_that_nothing_needs_is_found() -> None:
    finding = the_only(a_name("acme-prod-orders", exempted="it was renamed since"))

    assert (finding.check_id, finding.severity) == ("NAM005", Severity.WARNING)
    assert finding.message == "exemption is without effect, the convention holds: 'it was renamed since'"


def test_an_exemption_of_several_names_has_effect_as_long_as_one_needs_it() -> None:
    rule = a_name("acme-prod-orders--ship", ResourceKind.RULE, exempted="L2s call their targets so")
    target = a_name("Target0", ResourceKind.TARGET, exempted="L2s call their targets so")

    assert found(rule, target) == []


def test_exemptions_are_listed_with_their_reasons() -> None:
    names = [a_name("acme-prod-orders"), a_name("legacy", exempted="as old as the company")]

    assert [(name.name, name.exempted) for name in exemptions(names)] == [("legacy", "as old as the company")]


# -- Levels


def test_ids_that_nobody_outside_calls_are_warnings() -> None:
    findings = judge([a_name("Target0", ResourceKind.TARGET), a_name("cdk-Put", ResourceKind.STATEMENT)], ACME)

    assert [finding.severity for finding in findings] == [Severity.WARNING, Severity.WARNING]


def test_a_level_holds_for_the_kind_it_is_set_for() -> None:
    names = [a_name("legacy"), a_name("ship", ResourceKind.RULE)]

    findings = judge(names, ACME, levels={ResourceKind.BUS: Severity.WARNING})

    assert [finding.severity for finding in findings] == [Severity.WARNING, Severity.ERROR]


def test_a_kind_without_a_level_is_not_checked() -> None:
    names = [a_name("legacy"), a_name(None, reached_by_others=True), a_name(Undecided("a parameter"))]

    assert judge([*names, a_name("acme-prod-x", exempted="x")], ACME, levels={ResourceKind.BUS: None}) == []


def test_what_is_undecided_stays_information_whatever_the_level() -> None:
    levels = {ResourceKind.BUS: Severity.ERROR}

    assert the_only(a_name(Undecided("a parameter")), levels=levels).severity is Severity.INFO


def test_events_can_be_held_to_the_convention_as_errors() -> None:
    bus = a_name("acme-prod-orders", stamp=Stamp(service="orders", publishes=[replace(PLACED, source="orders")]))

    assert the_only(bus, levels={ResourceKind.SOURCE: Severity.ERROR}).severity is Severity.ERROR
    assert judge([bus], ACME, levels={ResourceKind.SOURCE: None}) == []


# -- The rename plan


def test_the_rename_plan_says_old_and_new_name_and_what_is_replaced() -> None:
    names = [
        a_name("acme_prod_orders"),
        a_name("acme-prod-billing"),
        a_name("acme_prod_orders", ResourceKind.ARCHIVE),
        a_name("Target0", ResourceKind.TARGET),
        a_name(None, reached_by_others=True),
    ]

    plan = renames(judge(names, ACME))

    assert [(rename.kind, rename.old, rename.replaces) for rename in plan] == [
        (ResourceKind.BUS, "acme_prod_orders", True),
        (ResourceKind.ARCHIVE, "acme_prod_orders", True),
        (ResourceKind.TARGET, "Target0", False),
    ]
    assert plan[0].new == "acme-prod-orders"
    assert plan[1].effect == "the events it keeps are lost, so let it expire beside a new one"


# -- All checks


def test_every_check_of_the_family_is_asked() -> None:
    modules = [
        importlib.import_module(f"{naming.__name__}.{each.name}") for each in pkgutil.iter_modules(naming.__path__)
    ]
    classes = {
        member
        for module in modules
        for member in vars(module).values()
        if inspect.isclass(member) and issubclass(member, NamingCheck) and not inspect.isabstract(member)
    } - {NamingCheck}

    assert {type(check) for check in NAMING_CHECKS} == classes
    assert len({check.id for check in NAMING_CHECKS}) == len(NAMING_CHECKS)


@pytest.mark.parametrize("check", NAMING_CHECKS, ids=lambda check: check.id)
def test_every_check_is_documented_under_the_same_headings(check: NamingCheck) -> None:
    headings = [line.strip() for line in (type(check).__doc__ or "").splitlines() if line.strip().startswith("## ")]

    assert headings == [
        "## Why this matters",
        "## Avoid",
        "## Prefer",
        "## What it misses",
        "## When to acknowledge it",
    ]
