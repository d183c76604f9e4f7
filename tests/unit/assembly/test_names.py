"""Which names are read out of a template."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from cdk_eventbridge_patterns.assembly import Template, names_in
from cdk_eventbridge_patterns.errors import AssemblyError
from cdk_eventbridge_patterns.naming import ResourceKind
from cdk_eventbridge_patterns.topology import Exemption, Stamp
from cdk_eventbridge_patterns.topology.location import Location
from cdk_eventbridge_patterns.topology.named_resource import NamedResource
from cdk_eventbridge_patterns.undecided import Undecided

ORDERS, BILLING, REGION = "111111111111", "222222222222", "eu-west-1"
QUEUE_ARN = f"arn:aws:sqs:{REGION}:{ORDERS}:invoices"

Resources = Mapping[str, Mapping[str, Any]]


def a_template(resources: Resources, *, stack: str = "Orders", account: str | None = ORDERS) -> Template:
    """A template of the orders account."""
    return Template(
        file=Path(f"{stack}.template.json"),
        stack=stack,
        account=account,
        region=REGION if account else None,
        body={"Resources": resources},
    )


def a_resource(type_: str, metadata: Mapping[str, Any] | None = None, /, **properties: object) -> dict[str, Any]:
    """A resource as a template has it."""
    return {"Type": type_, "Properties": properties, "Metadata": metadata or {}}


def a_bus(name: object = "orders", **properties: object) -> dict[str, Any]:
    return a_resource("AWS::Events::EventBus", Name=name, **properties)


def a_rule(*targets: object, **properties: object) -> dict[str, Any]:
    return a_resource("AWS::Events::Rule", Name="ship", Targets=list(targets), **properties)


def a_queue(name: object = "invoices") -> dict[str, Any]:
    return a_resource("AWS::SQS::Queue", QueueName=name)


def a_role(*services: str) -> dict[str, Any]:
    trust = {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": list(services)}}
    return a_resource("AWS::IAM::Role", RoleName="deliver", AssumeRolePolicyDocument={"Statement": [trust]})


def kinds(*templates: Template) -> list[ResourceKind]:
    return [name.kind for name in names_in(templates)]


def the_only(resources: Resources) -> NamedResource:
    (name,) = names_in([a_template(resources)])
    return name


def the(kind: ResourceKind, resources: Resources) -> NamedResource:
    (name,) = (name for name in names_in([a_template(resources)]) if name.kind is kind)
    return name


@pytest.mark.parametrize(
    ("resource_type", "name_property", "kind"),
    [
        ("AWS::Events::EventBus", "Name", ResourceKind.BUS),
        ("AWS::Events::Rule", "Name", ResourceKind.RULE),
        ("AWS::Events::Archive", "ArchiveName", ResourceKind.ARCHIVE),
        ("AWS::Events::Connection", "Name", ResourceKind.CONNECTION),
        ("AWS::Events::ApiDestination", "Name", ResourceKind.API_DESTINATION),
        ("AWS::Events::Endpoint", "Name", ResourceKind.ENDPOINT),
        ("AWS::Events::EventBusPolicy", "StatementId", ResourceKind.STATEMENT),
        ("AWS::EventSchemas::Registry", "RegistryName", ResourceKind.REGISTRY),
        ("AWS::EventSchemas::Schema", "SchemaName", ResourceKind.SCHEMA),
        ("AWS::Pipes::Pipe", "Name", ResourceKind.PIPE),
        ("AWS::Scheduler::Schedule", "Name", ResourceKind.SCHEDULE),
        ("AWS::Scheduler::ScheduleGroup", "Name", ResourceKind.SCHEDULE_GROUP),
        ("AWS::EventsV2::EventBus", "Name", ResourceKind.V2_BUS),
        ("AWS::EventsV2::Subscriber", "Name", ResourceKind.SUBSCRIBER),
        ("AWS::EventsV2::EventSource", "Name", ResourceKind.EVENT_SOURCE),
    ],
)
def test_every_type_of_eventbridges_is_read_with_its_kind(
    resource_type: str, name_property: str, kind: ResourceKind
) -> None:
    name = the_only({"It": a_resource(resource_type, **{name_property: "orders"})})

    assert (name.kind, name.resource_type, name.name) == (kind, resource_type, "orders")
    assert name.location == Location(
        stack="Orders", logical_id="It", property_path=name_property, template_file="Orders.template.json"
    )


def test_types_of_others_and_what_has_no_type_are_passed_over() -> None:
    resources: dict[str, Any] = {
        "Topic": a_resource("AWS::SNS::Topic", TopicName="orders"),
        "It": {},
        "Odd": {"Type": []},
    }

    assert names_in([a_template(resources)]) == []


def test_a_resource_without_a_name_or_without_properties_is_unnamed() -> None:
    bus, rule = names_in(
        [a_template({"Bus": a_resource("AWS::Events::EventBus"), "Rule": {"Type": "AWS::Events::Rule"}})]
    )

    assert (bus.name, rule.name) == (None, None)


def test_each_target_of_a_rule_is_a_name_at_its_place() -> None:
    targets = [{"Id": "Billing", "Arn": "arn:b"}, {"Id": {"Ref": "Stage"}, "Arn": "arn:a"}, {"Fn::If": ["A", "B", "C"]}]

    _, *names = names_in([a_template({"Rule": a_rule(*targets)})])

    assert [name.name for name in names] == [
        "Billing",
        Undecided("'Stage' is known at deployment only"),
        Undecided("the target is resolved at deployment"),
    ]
    assert [name.location.property_path for name in names] == ["Targets.0.Id", "Targets.1.Id", "Targets.2.Id"]


def test_targets_that_are_made_at_deployment_are_undecided() -> None:
    rule = a_resource("AWS::Events::Rule", Name="ship", Targets={"Fn::If": ["A", [], [{}]]})

    assert the(ResourceKind.TARGET, {"Rule": rule}).name == Undecided("the target is resolved at deployment")


# -- Queues


@pytest.mark.parametrize(
    "referring",
    [
        pytest.param(a_rule({"Id": "a", "Arn": {"Fn::GetAtt": ["Queue", "Arn"]}}), id="target of a rule"),
        pytest.param(
            a_rule({"Id": "a", "Arn": "arn:x", "DeadLetterConfig": {"Arn": {"Fn::GetAtt": "Queue.Arn"}}}),
            id="dead-letter queue of a target",
        ),
        pytest.param(a_rule({"Id": "a", "Arn": QUEUE_ARN}), id="by literal ARN"),
        pytest.param(
            a_rule(
                {"Id": "a", "Arn": {"Fn::Sub": "arn:${AWS::Partition}:sqs:${AWS::Region}:${AWS::AccountId}:invoices"}}
            ),
            id="by an ARN of account and Region",
        ),
        pytest.param(a_rule({"Id": "a", "Arn": {"Fn::Sub": "${Queue.Arn}"}}), id="by Fn::Sub"),
        pytest.param(a_bus(DeadLetterConfig={"Arn": {"Fn::GetAtt": ["Queue", "Arn"]}}), id="of a bus"),
        pytest.param(a_resource("AWS::Pipes::Pipe", Target={"Fn::GetAtt": ["Queue", "Arn"]}), id="target of a pipe"),
        pytest.param(
            a_resource(
                "AWS::Scheduler::Schedule", Target={"DeadLetterConfig": {"Arn": {"Fn::GetAtt": ["Queue", "Arn"]}}}
            ),
            id="of a schedule",
        ),
        pytest.param(
            a_resource(
                "AWS::EventsV2::Subscriber", InvokeConfiguration={"TargetArn": {"Fn::GetAtt": ["Queue", "Arn"]}}
            ),
            id="target of a subscriber",
        ),
        pytest.param(
            a_resource(
                "AWS::SQS::QueuePolicy",
                Queues=[{"Ref": "Queue"}],
                PolicyDocument={"Statement": {"Effect": "Allow", "Principal": {"Service": "events.amazonaws.com"}}},
            ),
            id="let in by its policy",
        ),
    ],
)
def test_a_queue_that_events_are_delivered_to_is_read(referring: dict[str, Any]) -> None:
    assert the(ResourceKind.QUEUE, {"Queue": a_queue(), "Referring": referring}).name == "invoices"


@pytest.mark.parametrize(
    "referring",
    [
        pytest.param(a_rule({"Id": "a", "Arn": {"Fn::GetAtt": ["OtherQueue", "Arn"]}}), id="another queue"),
        pytest.param(
            a_rule({"Id": "a", "Arn": QUEUE_ARN.replace(ORDERS, BILLING)}), id="of the name, in another account"
        ),
        pytest.param(a_resource("AWS::Pipes::Pipe", Source={"Fn::GetAtt": ["Queue", "Arn"]}), id="source of a pipe"),
        pytest.param(a_resource("AWS::Lambda::EventSourceMapping", EventSourceArn=QUEUE_ARN), id="of a function"),
        pytest.param(
            a_resource(
                "AWS::SQS::QueuePolicy",
                Queues=[{"Ref": "Queue"}],
                PolicyDocument={"Statement": {"Effect": "Allow", "Principal": {"Service": "sns.amazonaws.com"}}},
            ),
            id="for another service",
        ),
    ],
)
def test_a_queue_that_has_nothing_to_do_with_events_is_passed_over(referring: dict[str, Any]) -> None:
    assert ResourceKind.QUEUE not in kinds(a_template({"Queue": a_queue(), "Referring": referring}))


def test_a_queue_that_a_rule_of_another_template_delivers_to_is_read() -> None:
    queue = a_template({"Queue": a_queue()})
    rule = a_template({"Rule": a_rule({"Id": "a", "Arn": QUEUE_ARN})}, stack="Billing", account=BILLING)

    assert kinds(queue, rule) == [ResourceKind.QUEUE, ResourceKind.RULE, ResourceKind.TARGET]


# -- Roles


@pytest.mark.parametrize("service", ["events.amazonaws.com", "pipes.amazonaws.com", "scheduler.amazonaws.com"])
def test_a_role_that_delivers_events_is_read(service: str) -> None:
    assert the_only({"Role": a_role("lambda.amazonaws.com", service)}).name == "deliver"


def test_a_role_of_another_service_is_passed_over() -> None:
    assert kinds(a_template({"Role": a_role("lambda.amazonaws.com")})) == []


# -- Who is let in


def a_policy(**statement: object) -> dict[str, Any]:
    """A policy for the bus of logical id `Bus`."""
    statement = {"Effect": "Allow", "Action": "events:PutEvents", **statement}
    return a_resource(
        "AWS::Events::EventBusPolicy", EventBusName={"Ref": "Bus"}, StatementId="consumers", Statement=statement
    )


@pytest.mark.parametrize(
    "statement",
    [
        pytest.param({"Principal": {"AWS": BILLING}}, id="an account"),
        pytest.param({"Principal": {"AWS": f"arn:aws:iam::{BILLING}:root"}}, id="by ARN"),
        pytest.param({"Principal": {"AWS": [ORDERS, f"arn:aws:iam::{BILLING}:role/x"]}}, id="one of two"),
        pytest.param(
            {"Principal": {"AWS": {"Fn::Join": ["", ["arn:", {"Ref": "AWS::Partition"}, f":iam::{BILLING}:root"]]}}},
            id="with the partition",
        ),
        pytest.param({"Principal": "*"}, id="everyone"),
        pytest.param({"Principal": {"AWS": "*"}}, id="every account"),
        pytest.param(
            {"Principal": "*", "Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-exampleorg1"}}},
            id="an organisation",
        ),
        pytest.param(
            {"Principal": "*", "Condition": {"StringEquals": {"aws:SourceAccount": [ORDERS, BILLING]}}},
            id="everyone of two accounts",
        ),
        pytest.param({"Principal": {"AWS": {"Ref": "Consumer"}}}, id="a parameter"),
    ],
)
def test_a_bus_whose_policy_lets_others_in_is_reached_by_others(statement: dict[str, Any]) -> None:
    assert the(ResourceKind.BUS, {"Bus": a_bus(), "Policy": a_policy(**statement)}).reached_by_others


@pytest.mark.parametrize(
    "statement",
    [
        pytest.param({"Principal": {"AWS": ORDERS}}, id="the own account"),
        pytest.param(
            {"Principal": {"AWS": {"Fn::Sub": "arn:${AWS::Partition}:iam::${AWS::AccountId}:root"}}},
            id="the own account, wherever it is",
        ),
        pytest.param({"Principal": {"AWS": {"Fn::GetAtt": ["Bus", "Arn"]}}}, id="something of the template"),
        pytest.param({"Principal": {"Service": "events.amazonaws.com"}}, id="a service"),
        pytest.param({"Principal": "*", "Effect": "Deny"}, id="denied"),
        pytest.param(
            {"Principal": "*", "Condition": {"ArnLike": {"aws:PrincipalArn": f"arn:aws:iam::{ORDERS}:role/*"}}},
            id="everyone of the own account",
        ),
        pytest.param({}, id="nobody"),
    ],
)
def test_a_bus_whose_policy_lets_just_the_own_account_in_is_not(statement: dict[str, Any]) -> None:
    assert not the(ResourceKind.BUS, {"Bus": a_bus(), "Policy": a_policy(**statement)}).reached_by_others


def test_the_older_form_of_a_policy_lets_in_too() -> None:
    policy = a_resource(
        "AWS::Events::EventBusPolicy",
        EventBusName={"Ref": "Bus"},
        StatementId="consumers",
        Action="events:PutEvents",
        Principal=BILLING,
    )

    assert the(ResourceKind.BUS, {"Bus": a_bus(), "Policy": policy}).reached_by_others


@pytest.mark.parametrize("as_text", [False, True])
def test_a_policy_on_the_bus_itself_lets_in_too(as_text: bool) -> None:
    statement = f'{{"Statement": {{"Effect": "Allow", "Principal": {{"AWS": "{BILLING}"}}}}}}'
    document = statement if as_text else {"Statement": [{"Effect": "Allow", "Principal": {"AWS": BILLING}}]}

    assert the_only({"Bus": a_bus(Policy=document)}).reached_by_others


def test_a_policy_of_another_template_opens_the_bus_of_that_name() -> None:
    policy = a_policy(Principal={"AWS": BILLING})
    policy["Properties"]["EventBusName"] = "orders"

    bus, _ = names_in([a_template({"Bus": a_bus()}), a_template({"Policy": policy}, stack="Policies")])

    assert bus.reached_by_others


def test_a_queue_whose_policy_lets_others_in_is_reached_by_others() -> None:
    document = {"Statement": [{"Effect": "Allow", "Principal": {"AWS": BILLING}, "Action": "sqs:SendMessage"}]}
    policy = a_resource("AWS::SQS::QueuePolicy", Queues=[{"Ref": "Queue"}], PolicyDocument=document)
    rule = a_rule({"Id": "a", "Arn": {"Fn::GetAtt": ["Queue", "Arn"]}})

    queue = the(ResourceKind.QUEUE, {"Queue": a_queue(name=None), "Policy": policy, "Rule": rule})

    assert queue.reached_by_others


# -- What else a resource says


def test_stamp_and_exemption_are_read_back() -> None:
    stamp, exemption = Stamp(service="orders", owner="team-orders"), Exemption(reason="as old as the company")
    metadata = {**stamp.to_metadata(), **exemption.to_metadata()}

    bus = the_only({"Bus": a_resource("AWS::Events::EventBus", metadata, Name="legacy")})

    assert (bus.stamp, bus.exempted) == (stamp, "as old as the company")


def test_what_exempts_a_rule_exempts_its_targets() -> None:
    rule = a_rule({"Id": "Target0", "Arn": "arn:a"})
    rule["Metadata"] = Exemption(reason="made by hand in 2019").to_metadata()

    assert the(ResourceKind.TARGET, {"Rule": rule}).exempted == "made by hand in 2019"


def test_a_stamp_that_is_not_ours_is_refused_with_its_place() -> None:
    bus = a_resource("AWS::Events::EventBus", {"EventBridgePatterns": {"owner": "team-orders"}})

    with pytest.raises(AssemblyError) as refused:
        names_in([a_template({"Bus": bus})])

    assert str(refused.value) == (
        "'Orders.template.json': the stamp of 'Bus' must be as our constructs write it, got 'service'"
    )
