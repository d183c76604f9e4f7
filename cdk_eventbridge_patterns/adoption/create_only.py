"""The properties by whose change CloudFormation replaces a resource.

They are the `createOnlyProperties` of the types' schemas in the CloudFormation registry.
https://docs.aws.amazon.com/cloudformation-cli/latest/userguide/resource-type-schema.html
"""

from __future__ import annotations

from collections.abc import Mapping

CREATE_ONLY: Mapping[str, tuple[str, ...]] = {
    "AWS::Events::EventBus": ("Name",),
    "AWS::Events::Rule": ("Name",),
    "AWS::Events::EventBusPolicy": ("EventBusName", "StatementId"),
    "AWS::Events::Archive": ("ArchiveName", "SourceArn"),
    "AWS::Events::Connection": ("Name",),
    "AWS::Events::ApiDestination": ("Name",),
    "AWS::Events::Endpoint": ("Name",),
    "AWS::EventSchemas::Registry": ("RegistryName",),
    "AWS::EventSchemas::Schema": ("SchemaName", "RegistryName"),
    "AWS::EventSchemas::RegistryPolicy": (),
    "AWS::EventSchemas::Discoverer": ("SourceArn",),
    "AWS::SQS::Queue": ("QueueName", "FifoQueue"),
    "AWS::SQS::QueuePolicy": (),
    "AWS::SNS::Topic": ("TopicName", "FifoTopic"),
    "AWS::SNS::TopicPolicy": (),
    "AWS::IAM::Role": ("RoleName", "Path"),
    "AWS::Lambda::Permission": (
        "Action",
        "EventSourceToken",
        "FunctionName",
        "FunctionUrlAuthType",
        "InvokedViaFunctionUrl",
        "Principal",
        "PrincipalOrgID",
        "SourceAccount",
        "SourceArn",
    ),
    "AWS::Logs::ResourcePolicy": ("PolicyName",),
    "AWS::CloudWatch::Alarm": ("AlarmName",),
    "AWS::Pipes::Pipe": ("Name", "Source"),
    "AWS::Scheduler::Schedule": ("Name",),
}

# What is nothing by itself: what it lets through is judged by who gets and may send what.
BY_EFFECT = frozenset(
    (
        "AWS::Events::EventBusPolicy",
        "AWS::Events::Rule",
        "AWS::EventSchemas::RegistryPolicy",
        "AWS::EventSchemas::Discoverer",
        "AWS::SQS::QueuePolicy",
        "AWS::SNS::TopicPolicy",
        "AWS::IAM::Role",
        "AWS::Lambda::Permission",
        "AWS::Logs::ResourcePolicy",
        "AWS::CloudWatch::Alarm",
    )
)
