"""Rules for events of AWS services: on default buses, for one account, never for ever."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from cdk_eventbridge_patterns.access import Consumer
from cdk_eventbridge_patterns.contracts import (
    CONSOLE_SIGN_IN,
    EC2_INSTANCE_STATE_CHANGE,
    S3_OBJECT_CREATED,
    S3_OBJECT_DELETED,
    AwsEvent,
    EventContract,
)
from cdk_eventbridge_patterns.errors import AccessError, DeclarationError, NamingError
from cdk_eventbridge_patterns.naming import BusAddress, BusReference, NamingConvention
from cdk_eventbridge_patterns.plan import Consumes, Plan
from cdk_eventbridge_patterns.plan.default_bus import DefaultBusDeclaration, plan_default_bus
from cdk_eventbridge_patterns.plan.delivery import DeliveryPlan, plan_delivery
from cdk_eventbridge_patterns.plan.service_bus import check_own_events
from cdk_eventbridge_patterns.plan.subscriber import Subscriber
from cdk_eventbridge_patterns.plan.subscription import SubscriptionPlan, check_not_twice, plan_subscriptions
from cdk_eventbridge_patterns.plan.target import Target, TargetKind
from cdk_eventbridge_patterns.topology import Stamp

ACME = NamingConvention(organization="acme", stage="prod")
MEDIA, AUDIT, SHOP = "111111111111", "222222222222", "333333333333"
ORDER_PLACED = EventContract(service="orders", event="OrderPlaced", detail={"type": "object"})
EC2_CALL, STATES_CALL = AwsEvent.api_call("aws.ec2"), AwsEvent.api_call("aws.states")


def audit_takes(
    *events: EventContract, account: str = MEDIA, on: BusReference | None = None, **changed: Any
) -> SubscriptionPlan:
    audit = Subscriber(service="audit", bus=BusAddress(AUDIT, "eu-west-1", "acme-prod-audit"), naming=ACME)
    wanted = Consumes(*events, on=on or BusReference.default(account=account), **changed)
    return SubscriptionPlan(subscriber=audit, wanted=wanted, dead_letter_arn=None)


def media_delivers(
    *events: EventContract,
    detail: Mapping[str, Any] | None = None,
    kind: TargetKind = TargetKind.QUEUE,
    region: str = "eu-west-1",
) -> DeliveryPlan:
    media = Subscriber(service="media", bus=BusAddress(MEDIA, region, "default"), naming=ACME)
    target = Target(kind=kind, arn=f"arn:aws:sqs:{region}:{MEDIA}:it")
    return DeliveryPlan(subscriber=media, events=events, name=media.name_for(events[0]), target=target, detail=detail)


# -- Where rules are, and what they are called


def test_a_subscription_is_a_rule_on_the_default_bus_for_events_of_its_account_alone() -> None:
    rule = plan_subscriptions([audit_takes(S3_OBJECT_CREATED)]).resources["AuditTakesAwsS3ObjectCreatedOf111111111111"]

    assert rule["Properties"]["Name"] == "acme-prod-audit--aws-s3-object-created-to-bus"
    assert rule["Properties"]["EventBusName"] == f"arn:aws:events:eu-west-1:{MEDIA}:event-bus/default"
    assert rule["Properties"]["EventPattern"] == {
        "source": ["aws.s3"],
        "detail-type": ["Object Created"],
        "account": [MEDIA],
    }


def test_the_stamp_says_the_whole_event_for_no_bus_does() -> None:
    (rule,) = (
        each
        for each in plan_subscriptions([audit_takes(S3_OBJECT_CREATED)]).resources.values()
        if each["Type"] == "AWS::Events::Rule"
    )

    stamp = Stamp.from_metadata(rule["Metadata"])

    assert stamp is not None
    assert stamp.consumes == (S3_OBJECT_CREATED.name,)
    assert [(each.source, each.detail_type) for each in stamp.aws_events] == [("aws.s3", "Object Created")]


def test_a_consumer_may_take_the_same_event_off_the_default_buses_of_many_accounts() -> None:
    plans = [audit_takes(S3_OBJECT_CREATED, account=account) for account in (MEDIA, AUDIT, SHOP)]
    check_not_twice(plans)

    resources = plan_subscriptions(plans).resources

    roles = {each["Properties"]["RoleName"] for each in resources.values() if each["Type"] == "AWS::IAM::Role"}
    assert roles == {f"acme-prod-audit--from-default-{account}--eu-west-1" for account in (MEDIA, AUDIT, SHOP)}


def test_all_rules_on_one_default_bus_share_a_role_that_only_they_may_use() -> None:
    resources = plan_subscriptions([audit_takes(S3_OBJECT_CREATED), audit_takes(EC2_INSTANCE_STATE_CHANGE)]).resources

    (role,) = (each["Properties"] for each in resources.values() if each["Type"] == "AWS::IAM::Role")
    (trust,) = role["AssumeRolePolicyDocument"]["Statement"]
    assert trust["Condition"]["ArnLike"] == {
        "aws:SourceArn": f"arn:aws:events:eu-west-1:{MEDIA}:rule/acme-prod-audit--*"
    }


def test_rules_for_events_that_two_services_call_the_same_have_different_names() -> None:
    taken = [
        audit_takes(AwsEvent.api_call(source), detail={"eventName": ["Delete"]}, name="deletions")
        for source in ("aws.s3", "aws.ec2")
    ]
    check_not_twice(taken)

    assert [each.rule_name for each in taken] == [
        "acme-prod-audit--aws-s3-deletions-to-bus",
        "acme-prod-audit--aws-ec2-deletions-to-bus",
    ]


def test_a_delivery_and_a_subscription_of_services_of_one_name_have_different_rules() -> None:
    delivered = media_delivers(S3_OBJECT_CREATED)

    assert delivered.rule_arn == f"arn:aws:events:eu-west-1:{MEDIA}:rule/acme-prod-media--aws-s3-object-created"
    assert delivered.rule_name.replace("media", "audit") != audit_takes(S3_OBJECT_CREATED).rule_name


def test_a_delivery_on_a_default_bus_takes_events_of_its_account_alone() -> None:
    rule = plan_delivery(media_delivers(S3_OBJECT_CREATED)).resources["MediaDeliversAwsS3ObjectCreated"]

    assert rule["Properties"]["EventPattern"]["account"] == [MEDIA]


# -- What never fires, or for ever


@pytest.mark.parametrize(
    ("event", "on"),
    [
        pytest.param(ORDER_PLACED, BusReference.default(account=MEDIA), id="a team's on a default bus"),
        pytest.param(
            S3_OBJECT_CREATED,
            BusReference.from_arn(f"arn:aws:events:eu-west-1:{MEDIA}:event-bus/acme-prod-media"),
            id="AWS's on a bus of a team",
        ),
    ],
)
def test_fails_on_an_event_that_is_not_published_there(event: EventContract, on: BusReference) -> None:
    with pytest.raises(DeclarationError, match="AWS services publish on default buses and teams on buses of their own"):
        plan_subscriptions([audit_takes(event, on=on)])


def test_fails_on_a_teams_event_delivered_from_a_default_bus() -> None:
    with pytest.raises(DeclarationError, match="AWS services publish on default buses"):
        media_delivers(ORDER_PLACED)


def test_fails_on_a_global_service_in_a_region_where_it_does_not_publish() -> None:
    created = {"eventName": ["CreateUser"]}

    with pytest.raises(DeclarationError, match=r"must be taken in us-east-1, .* got eu-west-1"):
        media_delivers(AwsEvent.api_call("aws.iam"), detail=created)

    media_delivers(AwsEvent.api_call("aws.iam"), detail=created, region="us-east-1")
    media_delivers(AwsEvent.api_call("aws.iam"), detail=created, region="cn-north-1")


@pytest.mark.parametrize("detail", [None, {"eventSource": ["ec2.amazonaws.com"]}])
def test_fails_on_all_calls_of_an_api(detail: Mapping[str, Any] | None) -> None:
    with pytest.raises(DeclarationError, match=r"detail must say which calls of aws.ec2 are meant, such as"):
        plan_subscriptions([audit_takes(EC2_CALL, detail=detail)])


@pytest.mark.parametrize("calls", [["StartExecution"], [{"prefix": "Start"}], [{"exists": True}]])
def test_fails_on_the_very_call_that_delivers_to_the_target(calls: list[Any]) -> None:
    with pytest.raises(DeclarationError, match=r"detail must let no StartExecution of aws.states through"):
        media_delivers(STATES_CALL, detail={"eventName": calls}, kind=TargetKind.STATE_MACHINE)


@pytest.mark.parametrize(
    ("detail", "kind"),
    [
        pytest.param({"eventName": ["StopExecution"]}, TargetKind.STATE_MACHINE, id="another call"),
        pytest.param({"eventName": ["StartExecution"]}, TargetKind.QUEUE, id="another target"),
        pytest.param(
            {"eventName": ["StartExecution"], "requestParameters": {"name": ["nightly"]}},
            TargetKind.STATE_MACHINE,
            id="what may keep that call out",
        ),
    ],
)
def test_calls_that_may_not_come_back_are_taken(detail: Mapping[str, Any], kind: TargetKind) -> None:
    media_delivers(STATES_CALL, detail=detail, kind=kind)


def test_fails_on_a_producer_that_is_to_publish_an_event_of_aws() -> None:
    with pytest.raises(DeclarationError, match=r"publishes must be events of 'aws-s3', .* nobody but AWS can publish"):
        check_own_events([S3_OBJECT_CREATED], "aws-s3")


# -- Who may subscribe


def the_default_bus(**changed: Any) -> Plan:
    return plan_default_bus(
        DefaultBusDeclaration(
            **{"service": "media", "account": MEDIA, "region": "eu-west-1", "naming": ACME, **changed}
        )
    )


def statements(plan: Plan) -> dict[str, dict[str, Any]]:
    return {each["Properties"]["StatementId"]: each["Properties"]["Statement"] for each in plan.resources.values()}


TAKES_TWO = Consumer("audit", AUDIT, events=[S3_OBJECT_CREATED, S3_OBJECT_DELETED, EC2_INSTANCE_STATE_CHANGE])


def test_nothing_is_made_for_the_bus_itself() -> None:
    assert the_default_bus().resources == {}
    assert {each["Type"] for each in the_default_bus(consumers=[TAKES_TWO]).resources.values()} == {
        "AWS::Events::EventBusPolicy"
    }


def test_each_source_has_a_statement_of_its_own_so_that_no_pair_is_allowed_that_nobody_meant() -> None:
    allowed = {
        tuple(each["Condition"]["ForAllValues:StringEquals"]["events:source"]): each["Condition"][
            "ForAllValues:StringEquals"
        ]["events:detail-type"]
        for each in statements(the_default_bus(consumers=[TAKES_TWO])).values()
        if each["Action"] == "events:PutRule"
    }

    assert allowed == {
        ("aws.s3",): ["Object Created", "Object Deleted"],
        ("aws.ec2",): ["EC2 Instance State-change Notification"],
    }


def test_statements_say_whose_they_are_since_others_have_theirs_on_the_same_bus() -> None:
    of_media, of_orders = (
        set(statements(the_default_bus(service=service, consumers=[TAKES_TWO]))) for service in ("media", "orders")
    )

    assert of_media == {
        "acme-prod-media--default--audit--rules-aws-s3",
        "acme-prod-media--default--audit--rules-aws-ec2",
        "acme-prod-media--default--audit--targets",
        "acme-prod-media--default--audit--manage",
    }
    assert of_media.isdisjoint(of_orders)


def test_a_consumer_puts_rules_of_its_own_name_on_the_default_bus() -> None:
    resources = {each["Resource"] for each in statements(the_default_bus(consumers=[TAKES_TWO])).values()}

    assert resources == {f"arn:aws:events:eu-west-1:{MEDIA}:rule/acme-prod-audit--*"}


def test_a_consumer_in_the_account_itself_needs_no_statement() -> None:
    assert the_default_bus(consumers=[Consumer("audit", MEDIA, events=[S3_OBJECT_CREATED])]).resources == {}


def test_an_organisation_may_take_what_is_offered() -> None:
    rules = statements(the_default_bus(organization_id="o-exampleorg1", offers=[CONSOLE_SIGN_IN]))[
        "acme-prod-media--default--organization--rules-aws-signin"
    ]

    assert rules["Principal"] == "*"
    assert rules["Condition"]["StringEquals"] == {"aws:PrincipalOrgID": "o-exampleorg1"}


def test_a_consumer_without_events_of_its_own_may_take_what_is_offered() -> None:
    one = the_default_bus(offers=[S3_OBJECT_CREATED], consumers=[Consumer("audit", AUDIT)])

    assert one.resources == the_default_bus(consumers=[Consumer("audit", AUDIT, events=[S3_OBJECT_CREATED])]).resources


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"consumers": [Consumer("audit", AUDIT)]}, "events of consumer 'audit' must say what it may take"),
        ({"consumers": [Consumer("audit", AUDIT, events=[ORDER_PLACED])]}, "must be AwsEvents on a default bus"),
        ({"consumers": [TAKES_TWO, TAKES_TWO]}, "consumer 'audit' is declared twice"),
        ({"consumers": [TAKES_TWO], "organization_id": "o-exampleorg1"}, "give consumers or organization_id, not both"),
        ({"organization_id": "o-exampleorg1"}, "offers must say which events the organisation may take"),
        ({"offers": [ORDER_PLACED]}, "offers must be a list of AwsEvents"),
        ({"consumers": "audit"}, "consumers must be a list of Consumers"),
    ],
)
def test_fails_on_what_does_not_fit_together(changed: dict[str, Any], message: str) -> None:
    with pytest.raises(DeclarationError, match=message):
        the_default_bus(**changed)


def test_fails_on_a_service_or_an_organisation_of_another_form() -> None:
    with pytest.raises(NamingError, match="service must be"):
        the_default_bus(service="Media")
    with pytest.raises(NamingError, match="organization_id must be"):
        the_default_bus(organization_id="acme", offers=[S3_OBJECT_CREATED])


def test_fails_on_more_statements_than_the_quota_has_room_for() -> None:
    consumers = [Consumer(f"audit-{each}", AUDIT, events=TAKES_TWO.events) for each in range(9)]

    with pytest.raises(AccessError, match="over the quota"):
        the_default_bus(consumers=consumers)
