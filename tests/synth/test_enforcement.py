"""What stops an app whose names are off the convention, whoever made the resources, in every Stage."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from aws_cdk import (
    Acknowledgment,
    App,
    CfnOutput,
    CfnParameter,
    CfnResource,
    Environment,
    Fn,
    NestedStack,
    Stack,
    Stage,
    Validations,
)
from aws_cdk import aws_events as events
from aws_cdk import aws_events_targets as targets
from aws_cdk import aws_iam as iam
from aws_cdk import aws_sqs as sqs

from cdk_eventbridge_patterns import EventBridgeChecks, MultiBusTopology, NamingConvention, exempt, use_convention
from cdk_eventbridge_patterns.checks import Finding, Severity, TopologyCheck
from cdk_eventbridge_patterns.errors import DeclarationError, NamingError, PlacementError
from cdk_eventbridge_patterns.naming import ResourceKind
from cdk_eventbridge_patterns.topology.topology import Topology
from examples.blue_purple_orange import services as blue_purple_orange
from examples.shop import app as shop_app
from examples.two_apps import billing_app, orders_app
from tests.synth.test_bridge_calls import counted_calls
from tests.world import ACME, BILLING, ORDERS, REGION, a_stack, an_app

TEST = NamingConvention(organization="acme", stage="test")
ENV = Environment(account=ORDERS, region=REGION)


JUST_NAMES = dict.fromkeys(("access", "delivery", "encryption", "topology"))


def enforce(app: App, **options: Any) -> None:
    """Add the pack to *app*, for names alone."""
    levels = {**JUST_NAMES, **options.pop("levels", {})}
    Validations.of(app).add_plugins(EventBridgeChecks(app, levels=levels, **options))


def refusal(app: App) -> str:
    """Return what synthesis is refused with."""
    with pytest.raises(RuntimeError) as refused:
        app.synth()
    return str(refused.value)


def report(app: App) -> Mapping[str, Any]:
    """Return what the pack reports of an app that is synthesized; without findings there is nothing of it."""
    content = json.loads(Path(app.outdir, "validation-report.json").read_text())
    ours: list[Mapping[str, Any]] = [each for each in content["pluginReports"] if each["pluginName"] == "EventBridge"]
    return ours[0] if ours else {"violations": [], "suppressedViolations": []}


def open_findings(app: App) -> list[tuple[str, str, str]]:
    """Return check, severity and place of what the pack finds, in the order of the checks."""
    return sorted(
        (violation["ruleName"], violation["severity"], construct["constructPath"])
        for violation in report(app)["violations"]
        for construct in violation["violatingConstructs"]
    )


# -- Whoever made it, wherever it is


def test_a_plain_bus_off_the_convention_stops_synthesis_with_actual_and_expected_name(
    app: App, orders_stack: Stack
) -> None:
    events.EventBus(orders_stack, "Bus", event_bus_name="acme_prod_orders")
    enforce(app)

    text = refusal(app)

    assert "event bus name 'acme_prod_orders' is off the convention, expected 'acme-prod-orders'" in text
    assert "Orders/Bus/Resource" in text
    assert "Suggested fix: change Name to 'acme-prod-orders'; CloudFormation then replaces it" in text
    assert "Acknowledge with 'EventBridge::NAM001'" in text


def l1(stack: Stack) -> None:
    events.CfnRule(stack, "It", name="ship", schedule_expression="rate(1 day)")


def raw(stack: Stack) -> None:
    CfnResource(stack, "It", type="AWS::Events::Rule", properties={"Name": "ship", "ScheduleExpression": "rate(1 day)"})


def overridden(stack: Stack) -> None:
    rule = events.CfnRule(stack, "It", name="acme-prod-orders--ship", schedule_expression="rate(1 day)")
    rule.add_property_override("Name", "ship")


@pytest.mark.parametrize("make", [l1, raw, overridden])
def test_an_l1_a_raw_resource_and_an_override_are_all_seen(
    app: App, orders_stack: Stack, make: Callable[[Stack], None]
) -> None:
    make(orders_stack)
    enforce(app)

    assert "rule name 'ship' is off the convention" in refusal(app)
    assert open_findings(app) == [("NAM001", "error", "Orders/It")]


def test_a_name_by_the_convention_passes(app: App, orders_stack: Stack) -> None:
    events.CfnEventBus(orders_stack, "Bus", name=ACME.bus_name("orders"))
    enforce(app)

    app.synth()

    assert open_findings(app) == []


def test_every_stage_is_held_to_the_convention_that_holds_in_it(tmp_path: Path) -> None:
    app = App(outdir=str(tmp_path))
    for name, convention in (("Test", TEST), ("Prod", ACME)):
        stage = Stage(app, name)
        use_convention(stage, convention)
        stack = Stack(stage, "Orders", env=ENV)
        events.CfnEventBus(stack, "Good", name=convention.bus_name("orders"))
        events.CfnEventBus(stack, "Bad", name="acme-prod-billing")
    enforce(app)

    text = refusal(app)

    assert open_findings(app) == [("NAM001", "error", "Test/Orders/Bad")]
    assert "'acme-prod-billing' is off the convention, expected 'acme-test-" in text


def test_conventions_can_be_given_by_path_and_the_nearest_counts(tmp_path: Path) -> None:
    app = App(outdir=str(tmp_path))
    for stack in (Stack(Stage(app, "Test"), "Orders", env=ENV), Stack(app, "Orders", env=ENV)):
        events.CfnEventBus(stack, "Bus", name="acme-prod-orders")
    enforce(app, convention={"": ACME, "Test": TEST})

    refusal(app)

    assert open_findings(app) == [("NAM001", "error", "Test/Orders/Bus")]


def test_a_nested_stack_is_judged_under_its_own_path_and_acknowledged_there(app: App, orders_stack: Stack) -> None:
    nested = NestedStack(orders_stack, "Audit")
    inner = NestedStack(nested, "Trail")
    for stack in (nested, inner):
        events.CfnEventBus(stack, "Bus", name="audit")
    Validations.of(inner).acknowledge(Acknowledgment(id="EventBridge::NAM001", reason="replaced next month"))
    enforce(app)

    refusal(app)

    assert open_findings(app) == [("NAM001", "error", "Orders/Audit/Bus")]
    (suppressed,) = report(app)["suppressedViolations"]
    assert suppressed["violatingConstructs"][0]["constructPath"] == "Orders/Audit/Trail/Bus"


def test_a_queue_is_judged_where_a_rule_delivers_to_it_and_nowhere_else(app: App, orders_stack: Stack) -> None:
    queue = sqs.Queue(orders_stack, "Invoices", queue_name="invoices")
    sqs.Queue(orders_stack, "Thumbnails", queue_name="thumbnails")
    rule = events.Rule(orders_stack, "Ship", schedule=events.Schedule.expression("rate(1 day)"))
    rule.add_target(targets.SqsQueue(queue))
    enforce(app, levels={ResourceKind.TARGET: None})

    refusal(app)

    assert open_findings(app) == [("NAM001", "error", "Orders/Invoices/Resource")]


# -- What stops and what passes


def an_app_of_the_cli(folder: Path) -> App:
    """An app as the CLI runs it: with findings it is to end well, for the CLI reads the report and fails by itself."""
    return App(outdir=str(folder), context={"@aws-cdk/core:failSynthOnValidationErrors": False})


def test_made_before_the_first_stack_it_stops_the_app_under_the_cli_too(tmp_path: Path) -> None:
    app = an_app_of_the_cli(tmp_path)
    enforce(app, convention=ACME)
    events.CfnEventBus(Stack(Stage(app, "Prod"), "Orders", env=ENV), "Bus", name="legacy")

    assert "event bus name 'legacy' is off the convention" in refusal(app)


def test_made_later_it_leaves_it_to_the_cli(tmp_path: Path) -> None:
    app = an_app_of_the_cli(tmp_path)
    events.CfnEventBus(Stack(Stage(app, "Prod"), "Orders", env=ENV), "Bus", name="legacy")
    enforce(app, convention=ACME)

    app.synth()

    assert open_findings(app) == [("NAM001", "error", "Prod/Orders/Bus")]


def test_warnings_and_what_is_undecided_are_reported_and_pass(app: App, orders_stack: Stack) -> None:
    stage = CfnParameter(orders_stack, "Stage")
    events.CfnEventBus(orders_stack, "Bus", name=f"acme-{stage.value_as_string}-orders")
    events.CfnEventBus(orders_stack, "Legacy", name="legacy")
    enforce(app, levels={ResourceKind.BUS: Severity.WARNING})

    app.synth()

    assert open_findings(app) == [("NAM001", "warning", "Orders/Legacy"), ("NAM003", "info", "Orders/Bus")]
    (undecided,) = (each for each in report(app)["violations"] if each["ruleName"] == "NAM003")
    assert "parameter 'Stage' of Orders has no value" in undecided["description"]


def test_a_name_of_account_and_region_is_decided_where_the_stack_has_them(app: App, orders_stack: Stack) -> None:
    name = Fn.join("-", ["acme-prod-orders-", orders_stack.region])
    CfnResource(orders_stack, "Bus", type="AWS::Events::EventBus", properties={"Name": name})
    anywhere = Stack(app, "Anywhere")
    events.CfnEventBus(anywhere, "Bus", name=f"acme-prod-orders--{anywhere.region}")
    enforce(app)

    app.synth()

    assert open_findings(app) == [("NAM003", "info", "Anywhere/Bus")]


def test_an_unnamed_bus_that_another_account_may_use_stops_synthesis(app: App, orders_stack: Stack) -> None:
    bus = events.CfnEventBus(orders_stack, "Bus", name="")
    bus.add_property_deletion_override("Name")
    policy = iam.PolicyStatement(actions=["events:PutEvents"], principals=[iam.AccountPrincipal(BILLING)])
    events.CfnEventBusPolicy(
        orders_stack, "Policy", event_bus_name=bus.ref, statement_id="acme-prod-orders--put", statement=policy.to_json()
    )
    enforce(app)

    assert "event bus has no Name though its policy lets other accounts in" in refusal(app)
    assert open_findings(app) == [("NAM002", "error", "Orders/Bus")]


def test_an_unnamed_rule_is_no_finding(app: App, orders_stack: Stack) -> None:
    events.Rule(orders_stack, "Daily", schedule=events.Schedule.expression("rate(1 day)"))
    enforce(app)

    app.synth()

    assert open_findings(app) == []


def test_an_acknowledged_finding_passes_and_leaves_its_reason(app: App, orders_stack: Stack) -> None:
    bus = events.EventBus(orders_stack, "Bus", event_bus_name="legacy")
    Validations.of(bus).acknowledge(Acknowledgment(id="EventBridge::NAM001", reason="partners know the name"))
    enforce(app)

    app.synth()

    (suppressed,) = report(app)["suppressedViolations"]
    assert (suppressed["ruleName"], suppressed["reason"]) == ("NAM001", "partners know the name")


# -- Exemptions


def exempted_l1(stack: Stack) -> None:
    exempt(events.CfnEventBus(stack, "Bus", name="legacy"), reason="partners know the name")


def exempted_l2(stack: Stack) -> None:
    exempt(events.EventBus(stack, "Bus", event_bus_name="legacy"), reason="partners know the name")


@pytest.mark.parametrize("make", [exempted_l1, exempted_l2])
def test_an_exempted_resource_passes_and_has_the_reason_in_its_template(
    app: App, orders_stack: Stack, make: Callable[[Stack], None]
) -> None:
    make(orders_stack)
    enforce(app)

    assembly = app.synth()

    (bus,) = assembly.get_stack_by_name("Orders").template["Resources"].values()
    assert bus["Metadata"]["EventBridgePatternsExempt"] == {"reason": "partners know the name"}
    assert open_findings(app) == []


def test_an_exemption_that_nothing_needs_is_a_warning(app: App, orders_stack: Stack) -> None:
    exempt(events.CfnEventBus(orders_stack, "Bus", name="acme-prod-orders"), reason="it was renamed since")
    enforce(app)

    app.synth()

    assert open_findings(app) == [("NAM005", "warning", "Orders/Bus")]


@pytest.mark.parametrize("reason", ["", "  ", None])
def test_fails_on_an_exemption_without_a_reason(orders_stack: Stack, reason: Any) -> None:
    bus = events.EventBus(orders_stack, "Bus")

    with pytest.raises(DeclarationError) as refused:
        exempt(bus, reason=reason)

    assert str(refused.value) == (f"reason must say why the convention does not hold for 'Orders/Bus', got {reason!r}")


def test_fails_on_an_exemption_of_what_is_no_one_resource(orders_stack: Stack) -> None:
    with pytest.raises(PlacementError) as refused:
        exempt(orders_stack, reason="all of it is old")

    assert str(refused.value) == (
        "construct must be an L1, such as CfnRule, or an L2 made of one, such as Rule, got 'Orders'; "
        "exempt the resources in it one by one"
    )


# -- What can't be decided


def test_a_stack_without_a_convention_stops_synthesis_and_the_others_are_judged(tmp_path: Path) -> None:
    app = App(outdir=str(tmp_path))
    events.CfnEventBus(Stack(app, "Orders", env=ENV), "Bus", name="legacy")
    CfnOutput(Stack(app, "Nothing"), "Output", value="no names, so no convention is needed")
    events.CfnEventBus(Stack(app, "Billing", env=ENV), "Bus", name="legacy")
    enforce(app, convention={"Billing": ACME})

    text = refusal(app)

    assert "could not be decided: PlacementError: no convention is given for 'Orders', only for ['Billing']" in text
    assert open_findings(app) == [("NAM001", "error", "Billing/Bus"), ("UNDECIDED", "error", "Orders")]


def test_an_error_while_reading_stops_synthesis_and_is_not_swallowed(
    app: App, orders_stack: Stack, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_: object) -> None:
        msg = "the disk is full"
        raise OSError(msg)

    monkeypatch.setattr("cdk_eventbridge_patterns.enforcement.event_bridge_checks.read_templates", broken)
    events.CfnEventBus(orders_stack, "Bus", name=ACME.bus_name("orders"))
    enforce(app)

    assert "could not be decided: OSError: the disk is full" in refusal(app)


@pytest.mark.parametrize("convention", ["acme", {"Prod": "acme"}])
def test_fails_on_what_is_no_convention(app: App, convention: Any) -> None:
    with pytest.raises(NamingError, match="convention must be a NamingConvention, or one for each path, such as"):
        EventBridgeChecks(app, convention=convention)


# -- Our own


def reference(app: App) -> None:
    """Put the reference topology into *app*, as `app.py` does."""
    MultiBusTopology(
        app,
        "BluePurpleOrange",
        services=blue_purple_orange.SERVICES,
        region=blue_purple_orange.REGION,
        convention=blue_purple_orange.CONVENTION,
    )


@pytest.mark.parametrize(
    "build",
    [
        pytest.param(reference, id="reference"),
        pytest.param(shop_app.build, id="shop"),
        pytest.param(orders_app.build, id="orders"),
        pytest.param(billing_app.build, id="billing"),
    ],
)
def test_our_own_examples_have_no_finding(tmp_path: Path, build: Callable[[App], None]) -> None:
    app = App(outdir=str(tmp_path))
    build(app)
    enforce(app)

    app.synth()

    assert report(app) == {"violations": [], "suppressedViolations": []}


def test_an_example_would_have_findings_under_the_convention_of_another_stage(tmp_path: Path) -> None:
    app = App(outdir=str(tmp_path))
    shop_app.build(app)
    enforce(app, convention=NamingConvention(organization="teashop", stage="test"))

    refusal(app)

    assert {path.partition("/")[0] for _, _, path in open_findings(app)} == {"Prod"}


# -- What it costs


def calls_to_judge(folder: Path, *, stacks: int, resources: int) -> int:
    """Return how often synthesis crosses the bridge with *stacks* of that many resources."""
    app = an_app(folder)
    for number in range(stacks):
        stack = a_stack(app, f"Orders{number}", ORDERS)
        for each in range(resources):
            events.CfnEventBus(stack, f"Bus{each}", name=f"acme-prod-orders--bus-{each}")
    enforce(app)
    with counted_calls() as calls:
        app.synth()
    return calls.made


def test_three_hundred_resources_cost_as_many_calls_as_one(tmp_path: Path) -> None:
    calls_to_judge(tmp_path / "first", stacks=1, resources=1)

    many = calls_to_judge(tmp_path / "many", stacks=1, resources=300)

    assert many == calls_to_judge(tmp_path / "one", stacks=1, resources=1)


def test_each_stack_costs_the_same_few_calls(tmp_path: Path) -> None:
    calls_to_judge(tmp_path / "first", stacks=1, resources=1)

    one, two, five = (calls_to_judge(tmp_path / str(stacks), stacks=stacks, resources=2) for stacks in (1, 2, 5))

    assert five - two == 3 * (two - one)
    assert two - one <= 3


# -- What is no name


def test_a_bus_of_another_account_that_lets_no_one_in_stops_synthesis(app: App, orders_stack: Stack) -> None:
    billing = a_stack(app, "Billing", BILLING)
    received = events.EventBus(billing, "Bus", event_bus_name="acme-prod-billing")
    rule = events.Rule(
        orders_stack,
        "Ship",
        rule_name="acme-prod-orders--ship",
        event_bus=events.EventBus(orders_stack, "Bus", event_bus_name="acme-prod-orders"),
        event_pattern=events.EventPattern(source=["com.acme.orders"], detail_type=["OrderPlaced.v1"]),
    )
    rule.add_target(targets.EventBus(received, dead_letter_queue=sqs.Queue(orders_stack, "Lost")))
    Validations.of(app).add_plugins(EventBridgeChecks(app))

    said = refusal(app)

    assert "bus arn:aws:events:eu-west-1:222222222222:event-bus/acme-prod-billing does not let role" in said
    assert ("TOP008", "error", "Orders/Ship/Resource") in open_findings(app)


def test_levels_are_set_by_check_and_by_family_and_own_checks_are_added(app: App, orders_stack: Stack) -> None:
    events.CfnRule(orders_stack, "Ship", name="acme-prod-orders--ship", schedule_expression="rate(1 day)")

    class NoSchedule(TopologyCheck):
        """A schedule."""

        id = "ACME001"
        severity = Severity.WARNING
        fix = "use EventBridge Scheduler"

        def findings(self, topology: Topology) -> Iterator[Finding]:
            for rule in topology.rules:
                if rule.schedule is not None:
                    yield self.finding(rule.location, f"rule {rule.name!r} is on a schedule")

    checks = EventBridgeChecks(app, levels={"DLV012": Severity.ERROR}, checks=[NoSchedule()])
    Validations.of(app).add_plugins(checks)

    assert "rule 'acme-prod-orders--ship' has no target" in refusal(app)
    assert open_findings(app) == [("ACME001", "warning", "Orders/Ship"), ("DLV012", "error", "Orders/Ship")]


def test_fails_on_a_level_of_no_check(app: App) -> None:
    with pytest.raises(DeclarationError, match=r"levels must name checks or families.*got \['DLV999'\]"):
        EventBridgeChecks(app, levels={"DLV999": None})
