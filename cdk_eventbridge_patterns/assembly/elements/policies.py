"""Policies of resources, in each of the ways CloudFormation has to write them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from cdk_eventbridge_patterns.assembly.attributes import arn_of_resource
from cdk_eventbridge_patterns.assembly.elements.arns import arn_of, bus_arn, function_arn, log_group_arn, queue_arn
from cdk_eventbridge_patterns.assembly.elements.statements import made_if, statement, statements
from cdk_eventbridge_patterns.assembly.elements.values import common, many, said, text
from cdk_eventbridge_patterns.assembly.resolution import Resolution
from cdk_eventbridge_patterns.assembly.resolved_resource import ResolvedResource
from cdk_eventbridge_patterns.topology.policy_statement import PolicyStatement
from cdk_eventbridge_patterns.topology.security import ResourcePolicy

_Statements = tuple[PolicyStatement, ...]
_Policies = Iterator[tuple[str, _Statements]]


def policies(resolution: Resolution) -> Iterator[ResourcePolicy]:
    """Return the policies of buses, queues, topics, functions and all else that has one, save keys and roles."""
    for resource in resolution.resources(*_READERS):
        for arn, found in _READERS[resource.resource_type](resource):
            yield ResourcePolicy(
                resource_type=resource.resource_type,
                resource_arn=arn,
                statements=made_if(resource.conditional, found),
                id=text(resource.properties.get("StatementId")),
                **common(resource),
            )


def _of_bus(resource: ResolvedResource) -> _Policies:
    policy = resource.properties.get("Policy")
    if policy is not None:
        yield arn_of_resource(resource), statements(policy, resource.location.at("Policy"))


def _bus_policy(resource: ResolvedResource) -> _Policies:
    properties = resource.properties
    arn = bus_arn(resource, properties.get("EventBusName"))
    if properties.get("Statement") is not None:
        yield arn, (statement(properties["Statement"], resource.location.at("Statement")),)
        return
    yield arn, (statement(_older_statement(resource, properties, arn), resource.location.at("Principal")),)


def _older_statement(resource: ResolvedResource, properties: Mapping[str, Any], arn: str) -> dict[str, Any]:
    """Return what the older form, an account and an action, says.

    https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-events-eventbuspolicy.html
    """
    principal = said(properties.get("Principal"))
    account = principal if principal == "*" else f"arn:{resource.partition}:iam::{principal}:root"
    condition = properties.get("Condition")
    written: dict[str, Any] = {
        "Sid": properties.get("StatementId"),
        "Effect": "Allow",
        "Principal": account if principal == "*" else {"AWS": account},
        "Action": text(properties.get("Action")) or "events:PutEvents",
        "Resource": arn,
    }
    if isinstance(condition, Mapping):
        operator, key, value = (said(condition.get(part)) for part in ("Type", "Key", "Value"))
        written["Condition"] = {operator: {key: value}}
    return written


def _queue_policy(resource: ResolvedResource) -> _Policies:
    found = _document(resource)
    for queue in many(resource.properties.get("Queues")) or many(resource.properties.get("Queue")):
        yield queue_arn(resource, said(queue)), found


def _topic_policy(resource: ResolvedResource) -> _Policies:
    found = _document(resource)
    for topic in many(resource.properties.get("Topics")) or many(resource.properties.get("TopicArn")):
        yield said(topic), found


def _document(resource: ResolvedResource, name: str = "PolicyDocument") -> _Statements:
    return statements(resource.properties.get(name), resource.location.at(name))


def _permission(resource: ResolvedResource) -> _Policies:
    """Read a permission of a function, which is one statement in other words.

    https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-permission.html
    """
    properties = resource.properties
    arn = function_arn(resource, said(properties.get("FunctionName")))
    principal = said(properties.get("Principal"))
    conditions = {
        "ArnLike": {"aws:SourceArn": properties.get("SourceArn")},
        "StringEquals": {
            "aws:SourceAccount": properties.get("SourceAccount"),
            "aws:PrincipalOrgID": properties.get("PrincipalOrgID"),
        },
    }
    given = {
        operator: {key: value for key, value in keys.items() if value is not None}
        for operator, keys in conditions.items()
    }
    written = {
        "Effect": "Allow",
        "Principal": {"Service" if principal.endswith(".amazonaws.com") else "AWS": principal},
        "Action": properties.get("Action"),
        "Resource": arn,
        "Condition": {operator: keys for operator, keys in given.items() if keys},
    }
    yield arn, (statement(written, resource.location),)


def _log_policy(resource: ResolvedResource) -> _Policies:
    """Read a policy of CloudWatch Logs, which is of all log groups of the account in the Region."""
    yield arn_of(resource, "logs", "log-group:*"), _document(resource)


def _log_group_policy(resource: ResolvedResource) -> _Policies:
    """Read the policy of a log group of its own.

    https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-logs-loggroup.html
    """
    if resource.properties.get("ResourcePolicyDocument") is not None:
        yield log_group_arn(arn_of_resource(resource)), _document(resource, "ResourcePolicyDocument")


def _stream_policy(resource: ResolvedResource) -> _Policies:
    yield said(resource.properties.get("ResourceArn")), _document(resource, "ResourcePolicy")


def _newer_bus_policy(resource: ResolvedResource) -> _Policies:
    yield said(resource.properties.get("EventBusArn")), _document(resource)


_READERS: Mapping[str, Callable[[ResolvedResource], _Policies]] = {
    "AWS::Events::EventBus": _of_bus,
    "AWS::Events::EventBusPolicy": _bus_policy,
    "AWS::EventsV2::ResourcePolicy": _newer_bus_policy,
    "AWS::SQS::QueuePolicy": _queue_policy,
    "AWS::SQS::QueueInlinePolicy": _queue_policy,
    "AWS::SNS::TopicPolicy": _topic_policy,
    "AWS::SNS::TopicInlinePolicy": _topic_policy,
    "AWS::Lambda::Permission": _permission,
    "AWS::Kinesis::ResourcePolicy": _stream_policy,
    "AWS::Logs::LogGroup": _log_group_policy,
    "AWS::Logs::ResourcePolicy": _log_policy,
}
