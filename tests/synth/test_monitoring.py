"""What watches buses, as templates: alarms, dashboard, logs, audit trail."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from aws_cdk import App, Stack, Validations
from aws_cdk import aws_sns as sns
from cdk_nag import AwsSolutionsChecks, NIST80053R5Checks, ServerlessChecks

from cdk_eventbridge_patterns import (
    AwsEvent,
    BusLogs,
    BusMonitoring,
    BusReference,
    CentralBus,
    ConsumerBus,
    DefaultBus,
    Disabled,
    EncryptionKey,
    EventContract,
    IdempotentConsumer,
    LogLevel,
    Member,
    Monitoring,
    MultiBusTopology,
    Platform,
    ProducerBus,
    RemoteBus,
    Service,
    ServiceBus,
    SingleBusTopology,
    StandardEnvelope,
)
from cdk_eventbridge_patterns.checks.finding import Severity
from cdk_eventbridge_patterns.errors import DeclarationError
from cdk_eventbridge_patterns.testing import assert_no_findings
from tests.compliance.packs import found_by_plugins
from tests.templates import SynthesizedStack, synthesize
from tests.world import (
    BILLING,
    INVOICE_ISSUED,
    ON_ORDERS,
    ORDER_PLACED,
    ORDERS,
    REGION,
    a_function,
    a_stack,
    an_app,
)

ALERTS = f"arn:aws:sns:{REGION}:{ORDERS}:alerts"
HUB = f"arn:aws:events:{REGION}:{ORDERS}:event-bus/hub"
CHARGED = EventContract(service="orders", event="OrderCharged", detail={"type": "object"}, envelope=StandardEnvelope())
OBJECT_CREATED = AwsEvent(source="aws.s3", detail_type="Object Created")


def alarms(stack: SynthesizedStack) -> dict[str, dict[str, Any]]:
    made = (resource["Properties"] for resource in stack.of_type("AWS::CloudWatch::Alarm").values())
    return {properties["AlarmName"]: properties for properties in made}


def queries(stack: SynthesizedStack) -> set[str]:
    return {each["Metrics"][0]["Expression"] for each in alarms(stack).values() if "Metrics" in each}


# -- on by default


def watched_estate(app: App) -> None:
    """Orders and billing, and a trail of what orders publishes."""
    shop = MultiBusTopology(
        app,
        "Shop",
        services=[
            Service("orders", ORDERS, publishes=[ORDER_PLACED]),
            Service("billing", BILLING, consumes=[ORDER_PLACED]),
        ],
        region=REGION,
    )
    shop.stacks["orders"].inbox.audit()


def test_our_own_checks_find_nothing_in_what_watches_a_bus_and_understand_all_of_it(app: App) -> None:
    watched_estate(app)

    assert_no_findings(app, at_least=Severity.INFO)


def of_pack(
    folder: Path, pack: Callable[[App], Any], build: Callable[[App], object], kind: str = "violations"
) -> set[str]:
    """Return what a pack of cdk-nag finds, by rule, or what is acknowledged."""
    app = an_app(folder)
    Validations.of(app).add_plugins(pack(app))
    build(app)
    with contextlib.suppress(RuntimeError):  # which says that there are findings
        app.synth()
    return {rule for rule, _ in found_by_plugins(folder, kind)}


@pytest.mark.parametrize("pack", [AwsSolutionsChecks, ServerlessChecks, NIST80053R5Checks])
def test_cdk_nag_finds_nothing_in_what_watches_a_bus(tmp_path: Path, pack: Callable[[App], Any]) -> None:
    assert of_pack(tmp_path, pack, watched_estate) == set()


def test_of_nist_what_is_left_is_for_the_team_to_say_whom_alarms_tell_and_which_key_logs_have(tmp_path: Path) -> None:
    def told(app: App) -> None:
        stack = a_stack(app, "Orders", ORDERS)
        ProducerBus(stack, "Bus", service="orders", publishes=[ORDER_PLACED], monitoring=Monitoring(notify=[ALERTS]))

    def untold(app: App) -> None:
        ProducerBus(a_stack(app, "Orders", ORDERS), "Bus", service="orders", publishes=[ORDER_PLACED])

    (tmp_path / "told").mkdir()
    (tmp_path / "untold").mkdir()

    key_of_logs = "NIST.800.53.R5-CloudWatchLogGroupEncrypted"
    assert of_pack(tmp_path / "told", NIST80053R5Checks, told, "suppressedViolations") == {key_of_logs}
    assert of_pack(tmp_path / "untold", NIST80053R5Checks, untold, "suppressedViolations") == {
        key_of_logs,
        "NIST.800.53.R5-CloudWatchAlarmAction",
    }


def test_a_topic_of_the_same_app_is_told_too(app: App, orders_stack: Stack) -> None:
    topic = sns.Topic(orders_stack, "Alerts")
    monitoring = Monitoring(notify=[topic.topic_arn])
    ProducerBus(orders_stack, "Bus", service="orders", publishes=[ORDER_PLACED], monitoring=monitoring)

    stack = synthesize(app)["Orders"]
    (topic_id,) = stack.of_type("AWS::SNS::Topic")
    assert alarms(stack)["acme-prod-orders--bus-lost"]["AlarmActions"] == [{"Ref": topic_id}]


def test_the_key_of_a_bus_encrypts_its_log_groups_too_and_lets_its_logs_be_delivered(
    app: App, orders_stack: Stack
) -> None:
    key = EncryptionKey(orders_stack, "Key", service="orders")
    bus = ProducerBus(orders_stack, "Bus", service="orders", publishes=[ORDER_PLACED], encryption=key)
    bus.audit()

    stack = synthesize(app)["Orders"]
    for log_group in ("OrdersBusLogGroup", "OrdersDeliversAuditLogGroup"):
        assert stack.resources[log_group]["Properties"]["KmsKeyId"] == {"Fn::GetAtt": ["OrdersKey", "Arn"]}
    assert_no_findings(app)


# -- where it can be said


def test_a_topology_says_how_all_buses_are_watched_and_a_service_may_have_it_otherwise(app: App) -> None:
    MultiBusTopology(
        app,
        "Shop",
        services=[
            Service("orders", ORDERS, publishes=[ORDER_PLACED]),
            Service("billing", BILLING, consumes=[ORDER_PLACED], monitoring=Disabled("another tool watches it")),
        ],
        region=REGION,
        monitoring=Monitoring(notify=[ALERTS]),
    )

    stacks = synthesize(app)
    assert {tuple(each["AlarmActions"]) for each in alarms(stacks["Shop/Orders"]).values()} == {(ALERTS,)}
    assert "AlarmActions" not in alarms(stacks["Shop/Billing"])["acme-prod-billing--dead-letters"]
    assert set(alarms(stacks["Shop/Billing"])) == {
        "acme-prod-billing--dead-letters",
        "acme-prod-billing--dead-letters-age",
    }
    assert stacks["Shop/Billing"].resources["BillingBus"]["Metadata"]["EventBridgePatterns"]["disabled"] == {
        "monitoring": "another tool watches it"
    }


def test_the_alarms_of_all_queues_tell_whom_those_of_the_bus_do(app: App) -> None:
    notify = [f"arn:aws:sns:{REGION}:{BILLING}:alerts"]
    watched = Monitoring(notify=notify)
    shop = MultiBusTopology(
        app,
        "Shop",
        services=[
            Service("orders", ORDERS, publishes=[CHARGED], region="eu-central-1"),
            Service(
                "billing", BILLING, publishes=[INVOICE_ISSUED], consumes=[CHARGED], monitoring=Monitoring(notify=notify)
            ),
            Service("audit", "333333333333", consumes=[INVOICE_ISSUED], monitoring=watched),
        ],
        region=REGION,
    )
    billing = shop.stacks["billing"]
    IdempotentConsumer(
        billing, "Charges", bus=billing.inbox, events=[CHARGED], function=a_function(billing), name="charges"
    )

    stacks = synthesize(app)
    near = {**alarms(stacks["Shop/Billing"]), **alarms(stacks["Shop/AuditSubscriptions"])}
    assert {name for name, each in near.items() if each.get("AlarmActions") != notify} == set()
    assert {
        "acme-prod-billing--charges",
        "acme-prod-billing--charges-dead-letters",
        "acme-prod-billing--dead-letters",
        "acme-prod-audit--subscription-dead-letters-age",
    } <= near.keys()
    # An alarm tells topics of its own Region only.
    elsewhere = alarms(stacks["Shop/BillingSubscriptionsEuCentral1"])
    assert {each.get("AlarmActions") for each in elsewhere.values()} == {None}


def test_the_queue_of_what_a_bus_subscribes_to_by_itself_tells_them_too(app: App, billing_stack: Stack) -> None:
    notify = [f"arn:aws:sns:{REGION}:{BILLING}:alerts"]
    bus = ConsumerBus(billing_stack, "Bus", service="billing", monitoring=Monitoring(notify=notify))
    bus.subscribe(CHARGED, on=ON_ORDERS)

    made = alarms(synthesize(app)["Billing"])

    assert made["acme-prod-billing--subscription-dead-letters"]["AlarmActions"] == notify
    assert made["acme-prod-billing--subscription-dead-letters-age"]["AlarmActions"] == notify


def test_in_a_shared_bus_the_platform_watches_deliveries_and_each_publisher_what_it_could_not_publish(app: App) -> None:
    SingleBusTopology(
        app,
        "Shop",
        services=[
            Service("orders", ORDERS, publishes=[ORDER_PLACED]),
            Service("billing", BILLING, consumes=[ORDER_PLACED]),
        ],
        platform=Platform("platform", "444444444444", monitoring=Monitoring(lost=Disabled("by another tool"))),
        region=REGION,
    )

    stacks = synthesize(app)
    assert "acme-prod-platform--bus-lost" not in alarms(stacks["Shop/Platform"])
    assert "acme-prod-platform--bus-failed" in alarms(stacks["Shop/Platform"])
    assert set(alarms(stacks["Shop/Orders"])) == {"acme-prod-orders--publish-failed"}


def test_who_publishes_on_a_bus_of_another_watches_what_was_not_taken_or_says_why_not(app: App) -> None:
    on = ON_ORDERS
    for id, monitoring in (("Watched", None), ("Unwatched", Monitoring(publish_failures=Disabled("a heartbeat")))):
        RemoteBus(
            a_stack(app, id, BILLING),
            "Bus",
            on=on,
            service="billing",
            publishes=[INVOICE_ISSUED],
            monitoring=monitoring,
        )

    stacks = synthesize(app)
    (alarm,) = alarms(stacks["Watched"]).values()
    assert (alarm["MetricName"], "Dimensions" in alarm) == ("PutEventsFailedEntriesCount", False)
    assert alarms(stacks["Unwatched"]) == {}


def test_a_central_bus_is_watched_by_its_name(app: App) -> None:
    members = [Member("orders", ORDERS, publishes=[ORDER_PLACED])]
    CentralBus(a_stack(app, "Platform", "444444444444"), "Bus", service="platform", members=members)

    assert all("EventBusName = 'acme-prod-platform'" in query for query in queries(synthesize(app)["Platform"]))


# -- buses that are not made here


def test_a_bus_that_exists_gets_alarms_and_a_dashboard_and_is_left_as_it_is(app: App, orders_stack: Stack) -> None:
    bus = ServiceBus.from_event_bus_arn(orders_stack, "Bus", HUB, service="orders")

    watch = BusMonitoring(orders_stack, "Watch", bus=bus, monitoring=Monitoring(notify=[ALERTS]))

    stack = synthesize(app)["Orders"]
    assert {each["Type"] for each in stack.resources.values()} == {
        "AWS::CloudWatch::Alarm",
        "AWS::CloudWatch::Dashboard",
    }
    assert all("EventBusName = 'hub'" in query for query in queries(stack))
    assert watch.cfn_alarms[0].alarm_name == "acme-prod-orders--existing-bus-lost"


def test_a_dashboard_shows_the_queues_that_the_bus_has(app: App, orders_stack: Stack) -> None:
    existing = ServiceBus.from_event_bus_arn(orders_stack, "Hub", HUB, service="orders")
    second = ConsumerBus(orders_stack, "Second", service="orders", qualifier="inbox")
    BusMonitoring(orders_stack, "Watch", bus=existing)
    queues = [existing.dead_letter_queue.queue_name, second.dead_letter_queue.queue_name]
    subscription = second.subscribe(INVOICE_ISSUED, on=BusReference.of("billing", account=BILLING))

    boards = synthesize(app)["Orders"].of_type("AWS::CloudWatch::Dashboard")
    shown = {key: board["Properties"]["DashboardBody"] for key, board in boards.items()}
    assert f'"{queues[0]}"' in shown["OrdersExistingBusDashboard"]
    assert f'"{queues[1]}"' in shown["OrdersInboxBusDashboard"]
    target = subscription.cfn_rule.targets[0]  # type: ignore[index]
    assert f'"{target.dead_letter_config.arn.split(":")[-1]}"' in shown["OrdersInboxBusDashboard"]  # type: ignore[union-attr]


def test_what_is_refused_of_a_service_that_publishes_on_a_bus_that_exists_is_watched_too(
    app: App, orders_stack: Stack
) -> None:
    bus = ServiceBus.from_event_bus_arn(orders_stack, "Bus", HUB, service="orders", publishes=[ORDER_PLACED])

    BusMonitoring(orders_stack, "Watch", bus=bus)

    assert "acme-prod-orders--existing-publish-failed" in alarms(synthesize(app)["Orders"])


def test_rules_on_the_default_bus_are_watched_all_by_their_one_dimension(app: App, orders_stack: Stack) -> None:
    BusMonitoring(orders_stack, "Watch", bus=DefaultBus(orders_stack, "Bus", service="orders"))

    stack = synthesize(app)["Orders"]
    assert all(query.endswith('FROM SCHEMA("AWS/Events", RuleName)') for query in queries(stack))
    assert "acme-prod-orders--default-bus-lost" in alarms(stack)


def test_all_switched_off_watches_nothing(orders_stack: Stack) -> None:
    off = Disabled("by another tool")
    monitoring = Monitoring(
        lost=off, failed=off, dead_lettered=off, throttled=off, slow_seconds=off, publish_failures=off, dashboard=off
    )
    bus = ServiceBus.from_event_bus_arn(orders_stack, "Bus", HUB, service="orders")

    assert BusMonitoring(orders_stack, "Watch", bus=bus, monitoring=monitoring).cfn_alarms == ()


def test_what_can_not_be_watched_from_here_is_refused_and_nothing_is_made(app: App, orders_stack: Stack) -> None:
    bus = ServiceBus.from_event_bus_arn(orders_stack, "Bus", HUB, service="orders")
    elsewhere = a_stack(app, "Billing", BILLING)

    with pytest.raises(DeclarationError, match=r"bus must be one of the service's own, as of .*, got 'hub'"):
        BusMonitoring(elsewhere, "Watch", bus="hub")  # type: ignore[arg-type]
    with pytest.raises(DeclarationError, match="bus must be in the stack's account and Region"):
        BusMonitoring(elsewhere, "Watch", bus=bus)
    with pytest.raises(DeclarationError, match=r"monitoring must be Monitoring\(…\), got Disabled"):
        BusMonitoring(orders_stack, "Watch", bus=bus, monitoring=Disabled("no"))  # type: ignore[arg-type]
    with pytest.raises(DeclarationError, match="logs must be left out, for what the bus logs is said where it is made"):
        BusMonitoring(orders_stack, "Watch", bus=bus, monitoring=Monitoring(logs=BusLogs(level=LogLevel.INFO)))
    assert elsewhere.node.children == []


# -- metrics


def test_the_metrics_of_a_bus_are_of_all_its_rules_and_can_be_alarmed_on(app: App, orders_stack: Stack) -> None:
    bus = ProducerBus(
        orders_stack, "Bus", service="orders", publishes=[ORDER_PLACED], monitoring=Disabled("by our own alarms")
    )
    found = {
        bus.metric_matched_events(): ("SUM", "MatchedEvents"),
        bus.metric_invocations(): ("SUM", "Invocations"),
        bus.metric_failed_invocations(): ("SUM", "FailedInvocations"),
        bus.metric_throttled_rules(): ("SUM", "ThrottledRules"),
        bus.metric_invocations_sent_to_dead_letter_queue(): ("SUM", "InvocationsSentToDlq"),
        bus.metric_invocations_failed_to_be_sent_to_dead_letter_queue(): ("SUM", "InvocationsFailedToBeSentToDlq"),
        bus.metric_slowest_delivery(): ("MAX", "IngestionToInvocationSuccessLatency"),
    }
    for metric, (function, name) in found.items():
        assert metric.expression.startswith(f"SELECT {function}({name}) ")

    bus.metric_failed_invocations().create_alarm(orders_stack, "Failed", threshold=1, evaluation_periods=1)

    (alarm,) = synthesize(app)["Orders"].of_type("AWS::CloudWatch::Alarm").values()
    assert alarm["Properties"]["Metrics"][0]["Expression"].endswith("WHERE EventBusName = 'acme-prod-orders'")


# -- audit trail


@pytest.fixture
def audited(app: App, orders_stack: Stack) -> SynthesizedStack:
    """The stack of orders, with a trail of its events."""
    placed, cancelled = (
        EventContract(service="orders", event=event, detail={"type": "object"}, envelope=StandardEnvelope())
        for event in ("OrderPlaced", "OrderCancelled")
    )
    bus = ProducerBus(orders_stack, "Bus", service="orders", publishes=[placed, cancelled])
    trail = bus.audit(retention_days=90)
    assert trail.cfn_log_group.log_group_name == trail.log_group_name == "/aws/events/acme-prod-orders--audit"
    assert trail.cfn_rule.name == trail.rule_name == "acme-prod-orders--audit"
    return synthesize(app)["Orders"]


def test_a_trail_takes_all_events_of_the_bus_but_no_replays(audited: SynthesizedStack) -> None:
    rule = audited.resources["OrdersDeliversAudit"]["Properties"]

    assert rule["EventPattern"] == {
        "source": ["com.acme.orders"],
        "detail-type": ["OrderCancelled.v1", "OrderPlaced.v1"],
        "replay-name": [{"exists": False}],
    }


def test_a_trail_notes_the_envelope_and_nothing_of_what_the_event_says(audited: SynthesizedStack) -> None:
    (target,) = audited.resources["OrdersDeliversAudit"]["Properties"]["Targets"]

    transformer = target["InputTransformer"]
    assert transformer["InputTemplate"] == (
        '{"timestamp":<time>,"message":"id=<id> source=<source> account=<account> region=<region> type=<type> '
        'key=<key> correlation=<correlation>"}'
    )
    below_detail = {path for path in transformer["InputPathsMap"].values() if path.startswith("$.detail.")}
    assert below_detail == {"$.detail.metadata.idempotencyKey", "$.detail.metadata.correlationId"}


def test_just_the_trails_rule_may_write_to_its_log_group_and_takes_none_of_the_accounts_ten_policies(
    audited: SynthesizedStack,
) -> None:
    group = audited.resources["OrdersDeliversAuditLogGroup"]["Properties"]

    _, write = group["ResourcePolicyDocument"]["Statement"]
    assert write["Condition"] == {
        "ArnEquals": {
            "aws:SourceArn": f"arn:aws:events:{REGION}:{ORDERS}:rule/acme-prod-orders/acme-prod-orders--audit"
        }
    }
    assert group["RetentionInDays"] == 90
    assert audited.of_type("AWS::Logs::ResourcePolicy") == {}


def test_events_without_an_envelope_are_noted_by_what_eventbridge_says_of_them(app: App, orders_stack: Stack) -> None:
    ProducerBus(orders_stack, "Bus", service="orders", publishes=[ORDER_PLACED]).audit()

    (target,) = synthesize(app)["Orders"].resources["OrdersDeliversAudit"]["Properties"]["Targets"]
    assert set(target["InputTransformer"]["InputPathsMap"]) == {"time", "id", "source", "account", "region", "type"}


def test_a_bus_that_publishes_nothing_is_told_which_events_to_note(app: App, billing_stack: Stack) -> None:
    bus = ConsumerBus(billing_stack, "Bus", service="billing")

    with pytest.raises(DeclarationError, match="at least one event contract is needed"):
        bus.audit()
    with pytest.raises(DeclarationError, match="retention_days must be a number of days"):
        bus.audit(ORDER_PLACED, retention_days=1000)
    bus.audit(ORDER_PLACED)

    rule = synthesize(app)["Billing"].resources["BillingDeliversAudit"]["Properties"]
    assert rule["EventPattern"]["source"] == ["com.acme.orders"]


def test_on_a_default_bus_a_trail_is_of_the_accounts_own_events(app: App, orders_stack: Stack) -> None:
    DefaultBus(orders_stack, "Bus", service="orders").audit(OBJECT_CREATED)

    rule = synthesize(app)["Orders"].resources["OrdersDeliversDefaultAudit"]["Properties"]
    assert rule["EventPattern"]["account"] == [ORDERS]
