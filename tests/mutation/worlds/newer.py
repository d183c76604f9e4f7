"""A bus of the newer kind (`AWS::EventsV2`) that another account subscribes to.

Its subscribers are rule, target and role in one, in the account of the consumer. What happens there when a delivery
fails is the delivery role's to send: an on-failure queue needs no policy for EventBridge.
https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-custom-bus-what-is.html
"""

from __future__ import annotations

from typing import Any

from cdk_eventbridge_patterns.assembly import Template
from tests.mutation.world import World
from tests.mutation.worlds.pieces import (
    Json,
    Resources,
    a_template,
    alarm_on_queue,
    allow,
    arn,
    document,
    queue,
    resource,
    role_arn,
    root,
)

ORDERS, BILLING = "111111111111", "222222222222"
BUS = "acme-prod-orders"
OF_ORDERS = {"StringEquals": {"events:source": "com.acme.orders"}}


def newer() -> World:
    """Return the world of the newer bus."""
    return World("newer bus", (_orders(), _billing()), linked=True)


def _orders() -> Template:
    bus = {"Ref": "Bus"}
    subscribe = allow(root(BILLING), ["events:CreateSubscriber", "events:DescribeEventBus"], bus, sid="Subscribe")
    publish = allow(root(BILLING), ["events:PutEvents", "events:PutRawEvents"], bus, OF_ORDERS, sid="Publish")
    resources: Resources = {
        "Bus": resource("AWS::EventsV2::EventBus", Name=BUS, StorageConfiguration={"RetentionPeriodInDays": 30}),
        "Policy": resource(
            "AWS::EventsV2::ResourcePolicy",
            EventBusArn=bus,
            PolicyName="default",
            PolicyDocument=document(subscribe, publish),
        ),
        **_subscriber(ORDERS, "acme-prod-orders--ledger", bus),
    }
    return a_template("Orders", ORDERS, resources, Outputs={"BusArn": {"Value": bus}})


def _billing() -> Template:
    bus = {
        "Fn::GetStackOutput": {
            "StackName": "Orders",
            "OutputName": "BusArn",
            "RoleArn": role_arn(ORDERS, "acme-prod-orders--outputs"),
        }
    }
    return a_template("Billing", BILLING, _subscriber(BILLING, "acme-prod-billing--ledger", bus))


def _subscriber(account: str, name: str, bus: Any) -> Resources:
    to, lost = arn("sqs", account, name), arn("sqs", account, f"{name}--dead-letters")
    resources = {
        "Subscriber": resource(
            "AWS::EventsV2::Subscriber",
            Name=name,
            EventBusArn=bus,
            StartingPosition="LATEST",
            FilterConfiguration={"Filters": [{"Scope": "DATA", "Pattern": _FILTER}]},
            InvokeConfiguration={"TargetArn": to, "RoleArn": role_arn(account, name)},
            OnFailureConfiguration={"Arn": lost},
            RetryPolicy={"MaxRetryAttempts": 5, "MaxEventAgeInSeconds": 300},
        ),
        "Role": _role(name, account, to, lost),
        **queue("Queue", account, name, bus),
        **queue("Lost", account, f"{name}--dead-letters", bus),
        **alarm_on_queue("LostAlarm", f"{name}--dead-letters"),
    }
    # Nobody sends to these queues but the role, which is of their account.
    return {each: made for each, made in resources.items() if made["Type"] != "AWS::SQS::QueuePolicy"}


_FILTER = '{"source": ["com.acme.orders"], "detail-type": ["OrderPlaced.v1"]}'


def _role(name: str, account: str, *queues: str) -> Json:
    trust = allow(
        {"Service": "events.amazonaws.com"},
        "sts:AssumeRole",
        condition={"StringEquals": {"aws:SourceAccount": account}},
    )
    send = [allow(None, "sqs:SendMessage", each) for each in queues]
    return resource(
        "AWS::IAM::Role",
        RoleName=name,
        AssumeRolePolicyDocument=document(trust),
        Policies=[{"PolicyName": "deliver", "PolicyDocument": document(*send)}],
    )
