"""Resources of the worlds that are written by hand: plain CloudFormation, after AWS's documentation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from cdk_eventbridge_patterns.assembly import Template

REGION = "eu-west-1"
EVENTBRIDGE = {"Service": "events.amazonaws.com"}

Json = dict[str, Any]
Resources = dict[str, Json]


def a_template(stack: str, account: str, resources: Resources, *, region: str = REGION, **sections: Any) -> Template:
    """Return a template as it would be read from a file."""
    return Template(
        file=Path(f"{stack}.template.json"),
        stack=stack,
        stack_name=stack,
        account=account,
        region=region,
        body={"Resources": resources, **sections},
    )


def resource(kind: str, stamp: Mapping[str, Any] | None = None, /, **properties: Any) -> Json:
    """Return a resource, stamped or not."""
    metadata = {} if stamp is None else {"Metadata": {"EventBridgePatterns": dict(stamp)}}
    return {"Type": kind, "Properties": properties, **metadata}


def arn(service: str, account: str, path: str, *, region: str = REGION) -> str:
    """Return an ARN."""
    return f"arn:aws:{service}:{region}:{account}:{path}"


def role_arn(account: str, name: str) -> str:
    """Return the ARN of a role."""
    return f"arn:aws:iam::{account}:role/{name}"


def root(account: str) -> Json:
    """Return an account as principal."""
    return {"AWS": f"arn:aws:iam::{account}:root"}


def allow(
    principal: Any, action: str | Sequence[str], on: Any = None, condition: Json | None = None, sid: str | None = None
) -> Json:
    """Return a statement."""
    return {
        **({} if sid is None else {"Sid": sid}),
        "Effect": "Allow",
        **({} if principal is None else {"Principal": principal}),
        "Action": action,
        **({} if on is None else {"Resource": on}),
        **({} if condition is None else {"Condition": condition}),
    }


def document(*statements: Json) -> Json:
    """Return a policy document."""
    return {"Version": "2012-10-17", "Statement": list(statements)}


def from_rule(*rules: str) -> Json:
    """Return the condition that holds EventBridge to these rules."""
    return {"ArnEquals": {"aws:SourceArn": list(rules)}}


def queue(
    logical_id: str, account: str, name: str, *senders: str, region: str = REGION, **properties: Any
) -> Resources:
    """Return a queue that these rules, or buses, may send to."""
    queue_arn = arn("sqs", account, name, region=region)
    send = allow(EVENTBRIDGE, "sqs:SendMessage", queue_arn, from_rule(*senders))
    encryption = {} if "KmsMasterKeyId" in properties else {"SqsManagedSseEnabled": True}
    return {
        logical_id: resource("AWS::SQS::Queue", QueueName=name, **encryption, **properties),
        f"{logical_id}Policy": resource(
            "AWS::SQS::QueuePolicy", Queues=[{"Ref": logical_id}], PolicyDocument=document(send)
        ),
    }


def role(logical_id: str, name: str, rules: str, *permissions: Json) -> Resources:
    """Return a role that EventBridge may assume for the rules whose ARN fits."""
    account = rules.split(":")[4]
    trust = allow(
        EVENTBRIDGE,
        "sts:AssumeRole",
        condition={"ArnLike": {"aws:SourceArn": rules}, "StringEquals": {"aws:SourceAccount": account}},
    )
    return {
        logical_id: resource(
            "AWS::IAM::Role",
            RoleName=name,
            AssumeRolePolicyDocument=document(trust),
            Policies=[{"PolicyName": "deliver", "PolicyDocument": document(*permissions)}],
        )
    }


def key(logical_id: str, account: str, *statements: Json) -> Resources:
    """Return a key that its account administers."""
    administer = allow(root(account), "kms:*", "*")
    return {logical_id: resource("AWS::KMS::Key", KeyPolicy=document(administer, *statements))}


def use_key() -> Json:
    """Let EventBridge write what a key encrypts."""
    return allow(EVENTBRIDGE, ["kms:Decrypt", "kms:GenerateDataKey"], "*")


def rule(logical_id: str, bus: str, name: str, pattern: Json, *targets: Json, stamp: Json | None = None) -> Resources:
    """Return a rule on *bus*, a name or the ARN of another account's."""
    return {
        logical_id: resource(
            "AWS::Events::Rule",
            stamp,
            Name=name,
            EventBusName=bus,
            EventPattern=pattern,
            State="ENABLED",
            Targets=list(targets),
        )
    }


def target(target_arn: Any, dead_letters: str, **properties: Any) -> Json:
    """Return a target of a rule."""
    return {
        "Id": "target",
        "Arn": target_arn,
        "DeadLetterConfig": {"Arn": dead_letters},
        "RetryPolicy": {"MaximumEventAgeInSeconds": 86_400, "MaximumRetryAttempts": 185},
        **properties,
    }


def bus_statement(logical_id: str, bus: str, statement: Json) -> Resources:
    """Return a statement of a bus's policy."""
    return {
        logical_id: resource(
            "AWS::Events::EventBusPolicy", EventBusName=bus, StatementId=statement["Sid"], Statement=statement
        )
    }


def alarm(logical_id: str, namespace: str, metric: str, **dimensions: str) -> Resources:
    """Return an alarm on any occurrence of a metric."""
    return {
        logical_id: resource(
            "AWS::CloudWatch::Alarm",
            Namespace=namespace,
            MetricName=metric,
            Dimensions=[{"Name": name, "Value": value} for name, value in dimensions.items()],
            Statistic="Sum",
            Period=60,
            EvaluationPeriods=1,
            Threshold=0,
            ComparisonOperator="GreaterThanThreshold",
            TreatMissingData="notBreaching",
            AlarmActions=[{"Fn::Sub": "arn:aws:sns:${AWS::Region}:${AWS::AccountId}:on-call"}],
        )
    }


def alarm_on_rule(logical_id: str, bus: str, name: str) -> Resources:
    """Return an alarm on what a rule lost, its dead-letter queue too; it is in the account of the bus."""
    metric = "InvocationsFailedToBeSentToDlq"
    return alarm(f"{logical_id}Alarm", "AWS/Events", metric, EventBusName=bus, RuleName=name)


def alarm_on_queue(logical_id: str, name: str) -> Resources:
    """Return an alarm on messages that wait in a dead-letter queue."""
    return alarm(logical_id, "AWS/SQS", "ApproximateNumberOfMessagesVisible", QueueName=name)
