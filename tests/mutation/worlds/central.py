"""One bus in a platform account, encrypted, that two services publish to and subscribe on.

It has what the constructs do not make yet: a key of its own, logs, alarms, an archive
with a key, and local deliveries of every kind to what is encrypted.
https://github.com/aws-samples/amazon-eventbridge-resource-policy-samples, single-bus multi-account
"""

from __future__ import annotations

import json

from cdk_eventbridge_patterns.access.subscribe import MANAGE_ACTIONS
from cdk_eventbridge_patterns.assembly import Template
from tests.mutation.world import World
from tests.mutation.worlds.pieces import (
    EVENTBRIDGE,
    REGION,
    Json,
    Resources,
    a_template,
    alarm_on_queue,
    alarm_on_rule,
    allow,
    arn,
    bus_statement,
    document,
    from_rule,
    key,
    queue,
    resource,
    role,
    role_arn,
    root,
    rule,
    target,
    use_key,
)

PLATFORM, ORDERS, BILLING = "444444444444", "111111111111", "222222222222"
ACCOUNTS = {"orders": ORDERS, "billing": BILLING}
BUS = "acme-prod-central"
BUS_ARN = arn("events", PLATFORM, f"event-bus/{BUS}")
EVENTS = {"orders": ("com.acme.orders", "OrderPlaced.v1"), "billing": ("com.acme.billing", "InvoiceIssued.v1")}
WANTS = {"orders": "billing", "billing": "orders"}
LOST = "acme-prod-platform--dead-letters"


def central() -> World:
    """Return the single-bus world."""
    return World("single bus", (_platform(), *(_service(service) for service in ACCOUNTS)))


def _pattern(service: str) -> Json:
    source, detail_type = EVENTS[service]
    return {"source": [source], "detail-type": [detail_type]}


def _rule_arn(name: str) -> str:
    return arn("events", PLATFORM, f"rule/{BUS}/{name}")


# -- The platform's account


def _platform() -> Template:
    resources = {
        **_bus(),
        **_logs(),
        **_policy(),
        **_deliveries(),
        **{
            key_: made
            for service in ACCOUNTS
            for key_, made in alarm_on_rule(f"{service}Subscription", BUS, _subscription(service)).items()
        },
    }
    return a_template("Platform", PLATFORM, resources)


def _bus() -> Resources:
    of_bus = {
        "StringEquals": {
            "kms:EncryptionContext:aws:events:event-bus:arn": BUS_ARN,
            "aws:SourceArn": BUS_ARN,
            "aws:SourceAccount": PLATFORM,
        }
    }
    # Who puts rules on the bus must be allowed to decrypt, and its logs are encrypted on their way.
    # https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-encryption-event-bus-cmkey.html
    # https://docs.aws.amazon.com/eventbridge/latest/userguide/encryption-bus-logs.html
    read_bus = {"StringEquals": {"kms:EncryptionContext:aws:events:event-bus:arn": BUS_ARN}}
    of_logs = {"StringLike": {"kms:EncryptionContext:SourceArn": arn("logs", PLATFORM, "*")}}
    # https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-encryption-key-policy.html
    bus_key = key(
        "BusKey",
        PLATFORM,
        allow(EVENTBRIDGE, "kms:DescribeKey", "*"),
        allow(EVENTBRIDGE, ["kms:GenerateDataKey", "kms:Decrypt"], "*", of_bus),
        *(allow(root(account), "kms:Decrypt", "*", read_bus) for account in ACCOUNTS.values()),
        allow(EVENTBRIDGE, "kms:GenerateDataKey", "*", of_logs),
        allow({"Service": "delivery.logs.amazonaws.com"}, ["kms:Decrypt", "kms:GenerateDataKey"], "*", of_logs),
    )
    # https://docs.aws.amazon.com/eventbridge/latest/userguide/encryption-archives.html
    of_archive = {
        "StringEquals": {"kms:EncryptionContext:aws:events:event-bus:arn": BUS_ARN, "aws:SourceAccount": PLATFORM}
    }
    archive_key = key(
        "ArchiveKey",
        PLATFORM,
        allow(EVENTBRIDGE, "kms:DescribeKey", "*"),
        allow(EVENTBRIDGE, ["kms:GenerateDataKey", "kms:Decrypt", "kms:ReEncrypt*"], "*", of_archive),
    )
    lost = "acme-prod-central--undecryptable"
    stamp = {"service": "central", "publishes": [_declared(service) for service in ACCOUNTS]}
    return {
        **bus_key,
        **archive_key,
        **queue("Undecryptable", PLATFORM, lost, BUS_ARN),
        "Bus": resource(
            "AWS::Events::EventBus",
            stamp,
            Name=BUS,
            KmsKeyIdentifier={"Fn::GetAtt": ["BusKey", "Arn"]},
            DeadLetterConfig={"Arn": arn("sqs", PLATFORM, lost)},
            LogConfig={"Level": "INFO", "IncludeDetail": "NONE"},
        ),
        "Archive": resource(
            "AWS::Events::Archive",
            ArchiveName=BUS,
            SourceArn=BUS_ARN,
            RetentionDays=30,
            KmsKeyIdentifier={"Fn::GetAtt": ["ArchiveKey", "Arn"]},
        ),
        **alarm_on_queue("UndecryptableAlarm", lost),
    }


def _declared(service: str) -> Json:
    source, detail_type = EVENTS[service]
    event, _, version = detail_type.partition(".v")
    return {
        "service": service,
        "event": event,
        "version": int(version),
        "source": source,
        "detail_type": detail_type,
        "data_class": "internal",
    }


def _logs() -> Resources:
    """Return what delivers the logs: `LogConfig` alone delivers nothing.

    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-bus-logs.html
    """
    group = arn("logs", PLATFORM, "log-group:/aws/vendedlogs/events/event-bus/central")
    write = allow(
        {"Service": "delivery.logs.amazonaws.com"},
        ["logs:CreateLogStream", "logs:PutLogEvents"],
        f"{group}:log-stream:*",
        {"StringEquals": {"aws:SourceAccount": PLATFORM}},
    )
    resources = {
        "BusLogs": resource("AWS::Logs::LogGroup", LogGroupName="/aws/vendedlogs/events/event-bus/central"),
        "BusLogsPolicy": resource(
            "AWS::Logs::ResourcePolicy", PolicyName="central-bus-logs", PolicyDocument=json.dumps(document(write))
        ),
        "LogDestination": resource(
            "AWS::Logs::DeliveryDestination", Name="central-bus-logs", DestinationResourceArn=group
        ),
    }
    for kind in ("ERROR", "INFO"):
        source = f"central-bus-{kind.lower()}"
        resources[f"{kind.title()}Source"] = resource(
            "AWS::Logs::DeliverySource", Name=source, ResourceArn=BUS_ARN, LogType=f"{kind}_LOGS"
        )
        resources[f"{kind.title()}Delivery"] = resource(
            "AWS::Logs::Delivery",
            DeliverySourceName=source,
            DeliveryDestinationArn={"Fn::GetAtt": ["LogDestination", "Arn"]},
        )
    return resources


def _policy() -> Resources:
    resources: Resources = {}
    for service, account in ACCOUNTS.items():
        source, detail_type = EVENTS[service]
        taken_source, taken_detail_type = EVENTS[WANTS[service]]
        rules = _rule_arn(f"acme-prod-{service}--*")
        own = {"StringEqualsIfExists": {"events:creatorAccount": "${aws:PrincipalAccount}"}}
        of_event = {"StringEquals": {"events:source": source, "events:detail-type": detail_type}}
        takes = {
            **own,
            "ForAllValues:StringEquals": {"events:source": [taken_source], "events:detail-type": [taken_detail_type]},
            "Null": {"events:source": "false", "events:detail-type": "false"},
        }
        to_own_bus = {**own, "ArnLike": {"events:TargetArn": _own_bus_arn(service)}}
        for purpose, action, on, condition in (
            ("publish", "events:PutEvents", BUS_ARN, of_event),
            ("rules", "events:PutRule", rules, takes),
            ("targets", "events:PutTargets", rules, to_own_bus),
            ("manage", list(MANAGE_ACTIONS), rules, own),
        ):
            statement = allow(root(account), action, on, condition, sid=f"{BUS}--{service}--{purpose}")
            resources |= bus_statement(f"{service.title()}{purpose.title()}", BUS, statement)
    return resources


def _deliveries() -> Resources:
    """Return a rule for each kind of target, all to what is encrypted, as far as EventBridge needs the key."""
    names = ("queue", "fifo", "topic", "function", "log", "stream", "machine")
    rules = {name: f"acme-prod-platform--{name}" for name in names}
    arns = {name: _rule_arn(each) for name, each in rules.items()}
    return {
        **_receivers(arns),
        **key("LostKey", PLATFORM, use_key()),
        **queue("Lost", PLATFORM, LOST, *arns.values(), KmsMasterKeyId={"Fn::GetAtt": ["LostKey", "Arn"]}),
        **alarm_on_queue("LostAlarm", LOST),
        **{key_: made for name, to in _targets().items() for key_, made in _delivery(name, rules[name], to).items()},
    }


def _delivery(name: str, rule_name: str, to: Json) -> Resources:
    stamp = {"service": "platform", "consumes": ["orders/OrderPlaced.v1"]}
    pattern = {**_pattern("orders"), **({"replay-name": [{"exists": False}]} if name == "topic" else {})}
    return {
        **rule(f"Deliver{name.title()}", BUS, rule_name, pattern, to, stamp=stamp),
        **alarm_on_rule(f"Deliver{name.title()}", BUS, rule_name),
    }


def _targets() -> dict[str, Json]:
    lost = arn("sqs", PLATFORM, LOST)
    by_role = {name: {"RoleArn": role_arn(PLATFORM, f"acme-prod-platform--{name}")} for name in ("stream", "machine")}
    return {
        "queue": target(arn("sqs", PLATFORM, "audit"), lost),
        "fifo": target(arn("sqs", PLATFORM, "audit.fifo"), lost, SqsParameters={"MessageGroupId": "audit"}),
        "topic": target(arn("sns", PLATFORM, "audit"), lost),
        "function": target(arn("lambda", PLATFORM, "function:audit"), lost),
        "log": target(arn("logs", PLATFORM, "log-group:/aws/events/audit"), lost),
        "stream": target(arn("kinesis", PLATFORM, "stream/audit"), lost, **by_role["stream"]),
        "machine": target(arn("states", PLATFORM, "stateMachine:audit"), lost, **by_role["machine"]),
    }


def _receivers(rules: dict[str, str]) -> Resources:
    topic, group = arn("sns", PLATFORM, "audit"), arn("logs", PLATFORM, "log-group:/aws/events/audit")
    stream, machine = arn("kinesis", PLATFORM, "stream/audit"), arn("states", PLATFORM, "stateMachine:audit")
    publish = allow(EVENTBRIDGE, "sns:Publish", topic, from_rule(rules["topic"]))
    writers = {"Service": ["events.amazonaws.com", "delivery.logs.amazonaws.com"]}
    # https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html
    create = allow(writers, "logs:CreateLogStream", f"{group}:*")
    write = allow(writers, "logs:PutLogEvents", f"{group}:*", from_rule(rules["log"]))
    to_stream = allow(None, ["kinesis:PutRecord", "kinesis:PutRecords"], stream)
    with_key = allow(None, "kms:GenerateDataKey", {"Fn::GetAtt": ["StreamKey", "Arn"]})
    return {
        **key("QueueKey", PLATFORM, use_key()),
        **key("TopicKey", PLATFORM, use_key()),
        **key("StreamKey", PLATFORM),
        **queue("Audit", PLATFORM, "audit", rules["queue"], KmsMasterKeyId={"Fn::GetAtt": ["QueueKey", "Arn"]}),
        **queue("Fifo", PLATFORM, "audit.fifo", rules["fifo"], FifoQueue=True, ContentBasedDeduplication=True),
        "Topic": resource("AWS::SNS::Topic", TopicName="audit", KmsMasterKeyId={"Fn::GetAtt": ["TopicKey", "Arn"]}),
        "TopicPolicy": resource("AWS::SNS::TopicPolicy", Topics=[{"Ref": "Topic"}], PolicyDocument=document(publish)),
        "Function": resource("AWS::Lambda::Function", FunctionName="audit"),
        "FunctionPermission": resource(
            "AWS::Lambda::Permission",
            FunctionName="audit",
            Action="lambda:InvokeFunction",
            Principal="events.amazonaws.com",
            SourceArn=rules["function"],
        ),
        "Log": resource(
            "AWS::Logs::LogGroup", LogGroupName="/aws/events/audit", KmsKeyId={"Fn::GetAtt": ["LogKey", "Arn"]}
        ),
        # https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
        **key(
            "LogKey",
            PLATFORM,
            allow(
                {"Service": f"logs.{REGION}.amazonaws.com"},
                ["kms:Encrypt*", "kms:Decrypt*", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*"],
                "*",
                {"ArnEquals": {"kms:EncryptionContext:aws:logs:arn": group}},
            ),
        ),
        "LogPolicy": resource(
            "AWS::Logs::ResourcePolicy", PolicyName="audit", PolicyDocument=json.dumps(document(create, write))
        ),
        "Stream": resource(
            "AWS::Kinesis::Stream",
            Name="audit",
            StreamEncryption={"EncryptionType": "KMS", "KeyId": {"Fn::GetAtt": ["StreamKey", "Arn"]}},
        ),
        **role("StreamRole", "acme-prod-platform--stream", rules["stream"], to_stream, with_key),
        "Machine": resource("AWS::StepFunctions::StateMachine", StateMachineName="audit"),
        **role(
            "MachineRole",
            "acme-prod-platform--machine",
            rules["machine"],
            allow(None, "states:StartExecution", machine),
        ),
    }


# -- The accounts of the services


def _own_bus_arn(service: str) -> str:
    return arn("events", ACCOUNTS[service], f"event-bus/acme-prod-{service}")


def _subscription(service: str) -> str:
    return f"acme-prod-{service}--takes-{WANTS[service]}"


def _service(service: str) -> Template:
    account, own_bus, name = ACCOUNTS[service], f"acme-prod-{service}", f"acme-prod-{service}--inbox"
    lost, inbox = f"{own_bus}--dead-letters", f"{own_bus}--inbox"
    taking, delivering = _rule_arn(_subscription(service)), arn("events", account, f"rule/{own_bus}/{name}")
    lost_arn, role_name = arn("sqs", account, lost), f"{own_bus}--from-central"
    own_arn, pattern = _own_bus_arn(service), _pattern(WANTS[service])
    to_own_bus = target(own_arn, lost_arn, RoleArn=role_arn(account, role_name))
    stamp = {"service": service, "consumes": [f"{WANTS[service]}/{EVENTS[WANTS[service]][1]}"]}
    source = EVENTS[service][0]
    resources = {
        "Bus": resource("AWS::Events::EventBus", {"service": service}, Name=own_bus),
        **rule("Subscription", BUS_ARN, _subscription(service), pattern, to_own_bus, stamp=stamp),
        **role("Role", role_name, taking, allow(None, "events:PutEvents", own_arn)),
        **rule("Inbox", own_bus, name, pattern, target(arn("sqs", account, inbox), lost_arn), stamp=stamp),
        **queue("InboxQueue", account, inbox, delivering),
        **queue("Lost", account, lost, taking, delivering),
        **alarm_on_queue("LostAlarm", lost),
        **alarm_on_rule("Inbox", own_bus, name),
        "Publisher": _publisher(service, source),
    }
    return a_template(service.title(), account, resources, region=REGION)


def _publisher(service: str, source: str) -> Json:
    """Return the role of what publishes: across accounts both it and the bus must allow it."""
    publish = allow(None, "events:PutEvents", BUS_ARN, {"StringEquals": {"events:source": source}})
    return resource(
        "AWS::IAM::Role",
        RoleName=f"acme-prod-{service}--publisher",
        AssumeRolePolicyDocument=document(allow({"Service": "lambda.amazonaws.com"}, "sts:AssumeRole")),
        Policies=[{"PolicyName": "publish", "PolicyDocument": document(publish)}],
    )
