"""The floor: the same templates written as JSON by Python alone, without the CDK."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from benchmarks.estates.texts import (
    DAY,
    QUERIES,
    RETENTION,
    Json,
    Names,
    bus_statements,
    log_statement,
    queue_statements,
)

if TYPE_CHECKING:
    from pathlib import Path

    from benchmarks.estates.estate import Estate, Member


def write(estate: Estate, folder: Path) -> None:
    """Write a template for each stack, and the manifest that finds them."""
    artifacts = {}
    for name, account, resources in _stacks(estate):
        file = f"{name}.template.json"
        (folder / file).write_text(json.dumps({"Resources": resources}, indent=1))
        artifacts[name] = {
            "type": "aws:cloudformation:stack",
            "environment": f"aws://{account}/{estate.region}",
            "properties": {"templateFile": file},
        }
    (folder / "manifest.json").write_text(json.dumps({"artifacts": artifacts}))


def _stacks(estate: Estate) -> Iterator[tuple[str, str, Json]]:
    names = {name: Names(name, account, estate.region) for name, account in estate.accounts.items()}
    for member in estate.services:
        own = names[member.name]
        consumers = [names[each] for each in estate.consumers[member.name]]
        yield f"{member.name}-bus", own.account, _bus(estate, member, own, consumers)
    for member in estate.services:
        if member.consumes:
            own = names[member.name]
            producers = [names[each] for each in member.consumes]
            yield f"{member.name}-subscriptions", own.account, _subscriptions(own, producers)


def _resource(kind: str, **properties: Any) -> Json:  # noqa: ANN401 - of CloudFormation
    return {"Type": f"AWS::{kind}", "Properties": properties}


def _bus(estate: Estate, member: Member, own: Names, consumers: list[Names]) -> Json:
    found = {
        "Bus": _resource(
            "Events::EventBus",
            Name=own.bus,
            Description=f"Events of {own.service}",
            LogConfig={"IncludeDetail": "NONE", "Level": "ERROR"},
        ),
        "Archive": _resource(
            "Events::Archive",
            ArchiveName=own.bus,
            Description=f"All events of bus {own.bus}, for replay",
            RetentionDays=30,
            SourceArn=own.bus_arn,
        ),
        "Dashboard": _resource(
            "CloudWatch::Dashboard", DashboardName=f"{own.bus}--{own.region}", DashboardBody=member.dashboard
        ),
        "LogGroup": _resource(
            "Logs::LogGroup",
            LogGroupName=own.log_group,
            RetentionInDays=30,
            ResourcePolicyDocument={"Version": "2012-10-17", "Statement": [log_statement(own)]},
        ),
        "LogSource": _resource(
            "Logs::DeliverySource", Name=f"{own.bus}--bus-error-logs", LogType="ERROR_LOGS", ResourceArn=own.bus_arn
        ),
        "LogDestination": _resource(
            "Logs::DeliveryDestination",
            Name=f"{own.bus}--bus-logs",
            DestinationResourceArn=own.log_arn("log-group", own.log_group),
        ),
        "LogDelivery": _resource(
            "Logs::Delivery",
            DeliverySourceName=f"{own.bus}--bus-error-logs",
            DeliveryDestinationArn=own.log_arn("delivery-destination", f"{own.bus}--bus-logs"),
        ),
        "Registry": _resource(
            "EventSchemas::Registry",
            RegistryName=own.bus,
            Description=f"Contracts of the events that {own.service} publishes",
        ),
        "Schema": _resource(
            "EventSchemas::Schema",
            RegistryName=own.bus,
            SchemaName=f"{own.source}@OrderPlaced.v1",
            Type="JSONSchemaDraft4",
            Description="An order",
            Content=member.schema,
        ),
        "PublishFailedAlarm": _alarm(
            f"{own.bus}--publish-failed",
            f"Entries of PutEvents are refused in account {own.account}, {own.region}, whichever bus they are for",
            MetricName="PutEventsFailedEntriesCount",
            Namespace="AWS/Events",
            Period=300,
            Statistic="Sum",
            DatapointsToAlarm=1,
            EvaluationPeriods=3,
        ),
    }
    for number, statement in enumerate(bus_statements(own, consumers, estate.organization)):
        found[f"Policy{number}"] = _resource(
            "Events::EventBusPolicy", EventBusName=own.bus, StatementId=statement["Sid"], Statement=statement
        )
    for query in QUERIES:
        found[f"{query.metric}Alarm"] = _alarm(
            f"{own.bus}--bus-{query.name}",
            query.description.format(own.bus),
            threshold=query.threshold,
            Metrics=[
                {
                    "Id": "rules",
                    "Expression": query.expression(own.bus),
                    "Label": query.metric,
                    "Period": 300,
                    "ReturnData": True,
                }
            ],
            DatapointsToAlarm=query.datapoints,
            EvaluationPeriods=3,
        )
    if member.consumes:
        found |= _inbox(own, member.consumes)
    return found


def _inbox(own: Names, producers: list[str]) -> Json:
    lost = f"{own.bus}--dead-letters"
    queues = [f"{own.bus}--{producer}-{own.event}" for producer in producers]
    found = _dead_letters(own, lost, [own.rule_arn(queue) for queue in queues])
    for number, (producer, queue) in enumerate(zip(producers, queues, strict=True)):
        found[f"Queue{number}"] = _resource(
            "SQS::Queue",
            QueueName=queue,
            MessageRetentionPeriod=RETENTION,
            SqsManagedSseEnabled=True,
            RedrivePolicy={"deadLetterTargetArn": own.queue_arn(lost), "maxReceiveCount": 5},
        )
        found[f"QueuePolicy{number}"] = _queue_policy(own, f"Queue{number}", queue, [own.rule_arn(queue)])
        found[f"Rule{number}"] = _rule(
            queue,
            bus=own.bus,
            source=f"com.acme.{producer}",
            description=f"{own.service} delivers OrderPlaced.v1 to a queue",
            target={"Id": f"{own.bus}--queue", "Arn": own.queue_arn(queue)},
            lost=own.queue_arn(lost),
        )
    return found


def _subscriptions(own: Names, producers: list[Names]) -> Json:
    lost, rule = f"{own.bus}--subscription-dead-letters", f"{own.bus}--{own.event}"
    found = _dead_letters(own, lost, [producer.rule_arn(rule) for producer in producers])
    for number, producer in enumerate(producers):
        role = f"{own.bus}--from-{producer.service}--{own.region}"
        found[f"Role{number}"] = _resource(
            "IAM::Role",
            RoleName=role,
            Description=f"Delivers events of {producer.service} to bus {own.bus}",
            AssumeRolePolicyDocument={
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
            Policies=[
                {
                    "PolicyName": "deliver",
                    "PolicyDocument": {
                        "Version": "2012-10-17",
                        "Statement": [{"Effect": "Allow", "Action": "events:PutEvents", "Resource": own.bus_arn}],
                    },
                }
            ],
        )
        found[f"Rule{number}"] = _rule(
            rule,
            bus=producer.bus_arn,
            source=producer.source,
            description=f"{own.service} takes OrderPlaced.v1",
            target={"Id": f"{own.bus}--bus", "Arn": own.bus_arn, "RoleArn": f"arn:aws:iam::{own.account}:role/{role}"},
            lost=own.queue_arn(lost),
        )
    return found


def _dead_letters(own: Names, name: str, rule_arns: list[str]) -> Json:
    watched: Json = {
        "Dimensions": [{"Name": "QueueName", "Value": name}],
        "Namespace": "AWS/SQS",
        "Period": 300,
        "Statistic": "Maximum",
        "EvaluationPeriods": 1,
    }
    return {
        "DeadLetters": _resource(
            "SQS::Queue", QueueName=name, MessageRetentionPeriod=RETENTION, SqsManagedSseEnabled=True
        ),
        "DeadLettersPolicy": _queue_policy(own, "DeadLetters", name, rule_arns),
        "DeadLettersAlarm": _alarm(
            name,
            f"Events that could not be delivered are in queue {name}",
            MetricName="ApproximateNumberOfMessagesVisible",
            **watched,
        ),
        "DeadLettersAgeAlarm": _alarm(
            f"{name}-age",
            f"Events that could not be delivered have been in queue {name} for 24 hours",
            threshold=DAY,
            MetricName="ApproximateAgeOfOldestMessage",
            **watched,
        ),
    }


def _alarm(name: str, description: str, *, threshold: int = 0, **metric: Any) -> Json:  # noqa: ANN401 - as above
    return _resource(
        "CloudWatch::Alarm",
        AlarmName=name,
        AlarmDescription=description,
        ComparisonOperator="GreaterThanThreshold",
        Threshold=threshold,
        TreatMissingData="notBreaching",
        **metric,
    )


def _queue_policy(own: Names, queue_id: str, queue: str, rule_arns: list[str]) -> Json:
    statements = queue_statements(own.queue_arn(queue), rule_arns)
    return _resource(
        "SQS::QueuePolicy",
        Queues=[{"Ref": queue_id}],
        PolicyDocument={"Version": "2012-10-17", "Statement": statements},
    )


def _rule(name: str, *, bus: str, source: str, description: str, target: Json, lost: str) -> Json:
    return _resource(
        "Events::Rule",
        Name=name,
        Description=description,
        EventBusName=bus,
        State="ENABLED",
        EventPattern={"source": [source], "detail-type": ["OrderPlaced.v1"]},
        Targets=[
            {
                **target,
                "DeadLetterConfig": {"Arn": lost},
                "RetryPolicy": {"MaximumEventAgeInSeconds": DAY, "MaximumRetryAttempts": 185},
            }
        ],
    )
