"""The estate by L2 constructs in Python, as written by hand; by L1s where the CDK has no L2, or one that can't.

L1s are: the archive (its L2 demands a pattern), the dashboard (the L2 composes its widgets itself), the log group (the
L2 puts its policy into a resource of its own), deliveries of logs, schemas, and rules on buses of other accounts (the
L2 drops the account).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from aws_cdk import Duration, Environment, RemovalPolicy, Stack
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_events as events
from aws_cdk import aws_events_targets as targets
from aws_cdk import aws_eventschemas as schemas
from aws_cdk import aws_iam as iam
from aws_cdk import aws_logs as logs
from aws_cdk import aws_sqs as sqs

from benchmarks.estates.texts import DAY, QUERIES, Names, bus_statements, log_statement

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
        made = bus(stack, estate, member, own, [names[each] for each in estate.consumers[member.name]])
        if member.consumes:
            inbox(stack, own, made, member.consumes)
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


def bus(stack: Stack, estate: Estate, member: Member, own: Names, consumers: list[Names]) -> events.EventBus:
    """Make the bus, and what belongs to it."""
    made = events.EventBus(
        stack,
        "Bus",
        event_bus_name=own.bus,
        description=f"Events of {own.service}",
        log_config=events.LogConfig(include_detail=events.IncludeDetail.NONE, level=events.Level.ERROR),
    )
    for statement in bus_statements(own, consumers, estate.organization):
        made.add_to_resource_policy(iam.PolicyStatement.from_json(statement))
    events.CfnArchive(
        stack,
        "Archive",
        archive_name=own.bus,
        description=f"All events of bus {own.bus}, for replay",
        retention_days=30,
        source_arn=made.event_bus_arn,
    )
    for query in QUERIES:
        cloudwatch.Alarm(
            stack,
            f"{query.metric}Alarm",
            alarm_name=f"{own.bus}--bus-{query.name}",
            alarm_description=query.description.format(own.bus),
            comparison_operator=cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
            threshold=query.threshold,
            treat_missing_data=cloudwatch.TreatMissingData.NOT_BREACHING,
            datapoints_to_alarm=query.datapoints,
            evaluation_periods=3,
            metric=cloudwatch.MathExpression(
                expression=query.expression(own.bus), label=query.metric, period=Duration.minutes(5)
            ),
        )
    cloudwatch.Alarm(
        stack,
        "PublishFailedAlarm",
        alarm_name=f"{own.bus}--publish-failed",
        alarm_description=(
            f"Entries of PutEvents are refused in account {own.account}, {own.region}, whichever bus they are for"
        ),
        comparison_operator=cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
        threshold=0,
        treat_missing_data=cloudwatch.TreatMissingData.NOT_BREACHING,
        datapoints_to_alarm=1,
        evaluation_periods=3,
        metric=cloudwatch.Metric(
            namespace="AWS/Events",
            metric_name="PutEventsFailedEntriesCount",
            period=Duration.minutes(5),
            statistic="Sum",
        ),
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
    return made


def _logs(stack: Stack, own: Names, bus: events.EventBus) -> None:
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
        resource_arn=bus.event_bus_arn,
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


def inbox(stack: Stack, own: Names, bus: events.EventBus, producers: list[str]) -> None:
    """Make a queue for each event that arrives, and the rule that delivers there."""
    dead_letters = _dead_letters(stack, f"{own.bus}--dead-letters")
    for number, producer in enumerate(producers):
        name = f"{own.bus}--{producer}-{own.event}"
        queue = sqs.Queue(
            stack,
            f"Queue{number}",
            queue_name=name,
            retention_period=Duration.days(14),
            encryption=sqs.QueueEncryption.SQS_MANAGED,
            enforce_ssl=True,
            removal_policy=RemovalPolicy.DESTROY,
            dead_letter_queue=sqs.DeadLetterQueue(queue=dead_letters, max_receive_count=5),
        )
        events.Rule(
            stack,
            f"Rule{number}",
            rule_name=name,
            event_bus=bus,
            description=f"{own.service} delivers OrderPlaced.v1 to a queue",
            event_pattern=events.EventPattern(source=[f"com.acme.{producer}"], detail_type=["OrderPlaced.v1"]),
            targets=[
                targets.SqsQueue(
                    queue, dead_letter_queue=dead_letters, retry_attempts=185, max_event_age=Duration.days(1)
                )
            ],
        )


def subscriptions(stack: Stack, own: Names, producers: list[Names]) -> None:
    """Make the rules on other buses, each with its role."""
    name = f"{own.bus}--{own.event}"
    dead_letters = _dead_letters(stack, f"{own.bus}--subscription-dead-letters")
    dead_letters.add_to_resource_policy(
        iam.PolicyStatement(
            sid="AllowRules",
            principals=[iam.ServicePrincipal("events.amazonaws.com")],
            actions=["sqs:SendMessage"],
            resources=[dead_letters.queue_arn],
            conditions={"ArnEquals": {"aws:SourceArn": [producer.rule_arn(name) for producer in producers]}},
        )
    )
    for number, producer in enumerate(producers):
        role = iam.Role(
            stack,
            f"Role{number}",
            role_name=f"{own.bus}--from-{producer.service}--{own.region}",
            description=f"Delivers events of {producer.service} to bus {own.bus}",
            assumed_by=iam.ServicePrincipal(
                "events.amazonaws.com",
                conditions={
                    "ArnLike": {"aws:SourceArn": producer.rule_arn(f"{own.bus}--*")},
                    "StringEquals": {"aws:SourceAccount": producer.account},
                },
            ),
            inline_policies={
                "deliver": iam.PolicyDocument(
                    statements=[iam.PolicyStatement(actions=["events:PutEvents"], resources=[own.bus_arn])]
                )
            },
        )
        events.CfnRule(
            stack,
            f"Rule{number}",
            name=name,
            description=f"{own.service} takes OrderPlaced.v1",
            event_bus_name=producer.bus_arn,
            state="ENABLED",
            event_pattern={"source": [producer.source], "detail-type": ["OrderPlaced.v1"]},
            targets=[
                events.CfnRule.TargetProperty(
                    id=f"{own.bus}--bus",
                    arn=own.bus_arn,
                    role_arn=role.role_arn,
                    dead_letter_config=events.CfnRule.DeadLetterConfigProperty(arn=dead_letters.queue_arn),
                    retry_policy=events.CfnRule.RetryPolicyProperty(
                        maximum_event_age_in_seconds=DAY, maximum_retry_attempts=185
                    ),
                )
            ],
        )


def _dead_letters(stack: Stack, name: str) -> sqs.Queue:
    queue = sqs.Queue(
        stack,
        "DeadLetters",
        queue_name=name,
        retention_period=Duration.days(14),
        encryption=sqs.QueueEncryption.SQS_MANAGED,
        enforce_ssl=True,
        removal_policy=RemovalPolicy.DESTROY,
    )
    five = Duration.minutes(5)
    for id, alarm, text, metric, threshold in (
        (
            "DeadLettersAlarm",
            name,
            f"are in queue {name}",
            queue.metric_approximate_number_of_messages_visible(period=five, statistic="Maximum"),
            0,
        ),
        (
            "DeadLettersAgeAlarm",
            f"{name}-age",
            f"have been in queue {name} for 24 hours",
            queue.metric_approximate_age_of_oldest_message(period=five, statistic="Maximum"),
            DAY,
        ),
    ):
        cloudwatch.Alarm(
            stack,
            id,
            alarm_name=alarm,
            alarm_description=f"Events that could not be delivered {text}",
            comparison_operator=cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
            threshold=threshold,
            treat_missing_data=cloudwatch.TreatMissingData.NOT_BREACHING,
            metric=metric,
            evaluation_periods=1,
        )
    return queue
