"""The estate by L1 constructs in Python, as written by hand: each resource is one call."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aws_cdk import Environment, Stack
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_events as events
from aws_cdk import aws_eventschemas as schemas
from aws_cdk import aws_iam as iam
from aws_cdk import aws_logs as logs
from aws_cdk import aws_sqs as sqs

from benchmarks.estates.texts import (
    DAY,
    QUERIES,
    RETENTION,
    Names,
    bus_statements,
    log_statement,
    queue_statements,
)

if TYPE_CHECKING:
    from aws_cdk import App

    from benchmarks.estates.estate import Estate, Member


def build(app: App, estate: Estate) -> None:
    """Make a stack with the bus of each service, and one with its subscriptions that waits for all their buses."""
    names = {name: Names(name, account, estate.region) for name, account in estate.accounts.items()}
    stacks = {}
    for member in estate.services:
        own = names[member.name]
        stacks[member.name] = stack = _stack(app, own, "bus")
        bus(stack, estate, member, own, [names[each] for each in estate.consumers[member.name]])
        if member.consumes:
            inbox(stack, own, member.consumes)
    for member in estate.services:
        if member.consumes:
            stack = _stack(app, names[member.name], "subscriptions")
            subscriptions(stack, names[member.name], [names[each] for each in member.consumes])
            for needed in (member.name, *member.consumes):
                stack.add_stack_dependency(stacks[needed])


def _stack(app: App, own: Names, what: str) -> Stack:
    return Stack(
        app,
        f"{own.service}-{what}",
        stack_name=f"{own.bus}--{what}",
        env=Environment(account=own.account, region=own.region),
    )


def bus(stack: Stack, estate: Estate, member: Member, own: Names, consumers: list[Names]) -> None:
    """Make the bus, and what belongs to it."""
    made = events.CfnEventBus(
        stack,
        "Bus",
        name=own.bus,
        description=f"Events of {own.service}",
        log_config=events.CfnEventBus.LogConfigProperty(include_detail="NONE", level="ERROR"),
    )
    for number, statement in enumerate(bus_statements(own, consumers, estate.organization)):
        events.CfnEventBusPolicy(
            stack, f"Policy{number}", event_bus_name=made.ref, statement_id=statement["Sid"], statement=statement
        )
    events.CfnArchive(
        stack,
        "Archive",
        archive_name=own.bus,
        description=f"All events of bus {own.bus}, for replay",
        retention_days=30,
        source_arn=made.attr_arn,
    )
    for query in QUERIES:
        cloudwatch.CfnAlarm(
            stack,
            f"{query.metric}Alarm",
            alarm_name=f"{own.bus}--bus-{query.name}",
            alarm_description=query.description.format(own.bus),
            comparison_operator="GreaterThanThreshold",
            threshold=query.threshold,
            treat_missing_data="notBreaching",
            datapoints_to_alarm=query.datapoints,
            evaluation_periods=3,
            metrics=[
                cloudwatch.CfnAlarm.MetricDataQueryProperty(
                    id="rules", expression=query.expression(own.bus), label=query.metric, period=300, return_data=True
                )
            ],
        )
    cloudwatch.CfnAlarm(
        stack,
        "PublishFailedAlarm",
        alarm_name=f"{own.bus}--publish-failed",
        alarm_description=(
            f"Entries of PutEvents are refused in account {own.account}, {own.region}, whichever bus they are for"
        ),
        comparison_operator="GreaterThanThreshold",
        threshold=0,
        treat_missing_data="notBreaching",
        metric_name="PutEventsFailedEntriesCount",
        namespace="AWS/Events",
        period=300,
        statistic="Sum",
        datapoints_to_alarm=1,
        evaluation_periods=3,
    )
    cloudwatch.CfnDashboard(
        stack, "Dashboard", dashboard_name=f"{own.bus}--{own.region}", dashboard_body=member.dashboard
    )
    _logs(stack, own, made)
    registry = schemas.CfnRegistry(
        stack,
        "Registry",
        registry_name=own.bus,
        description=f"Contracts of the events that {own.service} publishes",
    )
    schemas.CfnSchema(
        stack,
        "Schema",
        registry_name=registry.attr_registry_name,
        schema_name=f"{own.source}@OrderPlaced.v1",
        type="JSONSchemaDraft4",
        description="An order",
        content=member.schema,
    )


def _logs(stack: Stack, own: Names, bus: events.CfnEventBus) -> None:
    group = logs.CfnLogGroup(
        stack,
        "LogGroup",
        log_group_name=own.log_group,
        retention_in_days=30,
        resource_policy_document={"Version": "2012-10-17", "Statement": [log_statement(own)]},
    )
    source = logs.CfnDeliverySource(
        stack,
        "LogSource",
        name=f"{own.bus}--bus-error-logs",
        log_type="ERROR_LOGS",
        resource_arn=bus.attr_arn,
    )
    destination = logs.CfnDeliveryDestination(
        stack,
        "LogDestination",
        name=f"{own.bus}--bus-logs",
        destination_resource_arn=own.log_arn("log-group", own.log_group),
    )
    destination.add_resource_dependency(group)
    delivery = logs.CfnDelivery(
        stack,
        "LogDelivery",
        delivery_source_name=f"{own.bus}--bus-error-logs",
        delivery_destination_arn=destination.attr_arn,
    )
    delivery.add_resource_dependency(source)


def inbox(stack: Stack, own: Names, producers: list[str]) -> None:
    """Make a queue for each event that arrives, and the rule that delivers there."""
    lost = f"{own.bus}--dead-letters"
    queues = [f"{own.bus}--{producer}-{own.event}" for producer in producers]
    dead_letters = _dead_letters(stack, own, lost, [own.rule_arn(queue) for queue in queues])
    for number, (producer, name) in enumerate(zip(producers, queues, strict=True)):
        queue = sqs.CfnQueue(
            stack,
            f"Queue{number}",
            queue_name=name,
            message_retention_period=RETENTION,
            sqs_managed_sse_enabled=True,
            redrive_policy={"deadLetterTargetArn": dead_letters.attr_arn, "maxReceiveCount": 5},
        )
        _queue_policy(stack, f"QueuePolicy{number}", queue, own.queue_arn(name), [own.rule_arn(name)])
        _rule(
            stack,
            f"Rule{number}",
            name=name,
            bus=own.bus,
            source=f"com.acme.{producer}",
            description=f"{own.service} delivers OrderPlaced.v1 to a queue",
            id=f"{own.bus}--queue",
            arn=queue.attr_arn,
            lost=dead_letters.attr_arn,
        )


def subscriptions(stack: Stack, own: Names, producers: list[Names]) -> None:
    """Make the rules on other buses, each with its role."""
    lost, rule = f"{own.bus}--subscription-dead-letters", f"{own.bus}--{own.event}"
    dead_letters = _dead_letters(stack, own, lost, [producer.rule_arn(rule) for producer in producers])
    for number, producer in enumerate(producers):
        role = iam.CfnRole(
            stack,
            f"Role{number}",
            role_name=f"{own.bus}--from-{producer.service}--{own.region}",
            description=f"Delivers events of {producer.service} to bus {own.bus}",
            assume_role_policy_document={
                "Version": "2012-10-17",
                "Statement": [
                    {
                        "Effect": "Allow",
                        "Principal": {"Service": "events.amazonaws.com"},
                        "Action": "sts:AssumeRole",
                        "Condition": {
                            "ArnLike": {"aws:SourceArn": producer.rule_arn(f"{own.bus}--*")},
                            "StringEquals": {"aws:SourceAccount": producer.account},
                        },
                    }
                ],
            },
            policies=[
                iam.CfnRole.PolicyProperty(
                    policy_name="deliver",
                    policy_document={
                        "Version": "2012-10-17",
                        "Statement": [{"Effect": "Allow", "Action": "events:PutEvents", "Resource": own.bus_arn}],
                    },
                )
            ],
        )
        _rule(
            stack,
            f"Rule{number}",
            name=rule,
            bus=producer.bus_arn,
            source=producer.source,
            description=f"{own.service} takes OrderPlaced.v1",
            id=f"{own.bus}--bus",
            arn=own.bus_arn,
            role_arn=role.attr_arn,
            lost=dead_letters.attr_arn,
        )


def _dead_letters(stack: Stack, own: Names, name: str, rule_arns: list[str]) -> sqs.CfnQueue:
    queue = sqs.CfnQueue(
        stack, "DeadLetters", queue_name=name, message_retention_period=RETENTION, sqs_managed_sse_enabled=True
    )
    _queue_policy(stack, "DeadLettersPolicy", queue, own.queue_arn(name), rule_arns)
    for id, alarm, text, metric, threshold in (
        ("DeadLettersAlarm", name, f"are in queue {name}", "ApproximateNumberOfMessagesVisible", 0),
        (
            "DeadLettersAgeAlarm",
            f"{name}-age",
            f"have been in queue {name} for 24 hours",
            "ApproximateAgeOfOldestMessage",
            DAY,
        ),
    ):
        cloudwatch.CfnAlarm(
            stack,
            id,
            alarm_name=alarm,
            alarm_description=f"Events that could not be delivered {text}",
            comparison_operator="GreaterThanThreshold",
            threshold=threshold,
            treat_missing_data="notBreaching",
            metric_name=metric,
            namespace="AWS/SQS",
            dimensions=[cloudwatch.CfnAlarm.DimensionProperty(name="QueueName", value=name)],
            period=300,
            statistic="Maximum",
            evaluation_periods=1,
        )
    return queue


def _queue_policy(stack: Stack, id: str, queue: sqs.CfnQueue, arn: str, rule_arns: list[str]) -> None:
    sqs.CfnQueuePolicy(
        stack,
        id,
        queues=[queue.ref],
        policy_document={"Version": "2012-10-17", "Statement": queue_statements(arn, rule_arns)},
    )


def _rule(
    stack: Stack,
    construct_id: str,
    *,
    name: str,
    bus: str,
    source: str,
    description: str,
    lost: str,
    **target: Any,  # noqa: ANN401 - the CDK's own
) -> None:
    events.CfnRule(
        stack,
        construct_id,
        name=name,
        description=description,
        event_bus_name=bus,
        state="ENABLED",
        event_pattern={"source": [source], "detail-type": ["OrderPlaced.v1"]},
        targets=[
            events.CfnRule.TargetProperty(
                **target,
                dead_letter_config=events.CfnRule.DeadLetterConfigProperty(arn=lost),
                retry_policy=events.CfnRule.RetryPolicyProperty(
                    maximum_event_age_in_seconds=DAY, maximum_retry_attempts=185
                ),
            )
        ],
    )
