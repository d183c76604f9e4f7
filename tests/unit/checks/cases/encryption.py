"""Faults of encryption."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from cdk_eventbridge_patterns.contracts.event_name import EventName
from cdk_eventbridge_patterns.testing.builders import (
    BILLING,
    ORDERS,
    a_bus,
    a_discoverer,
    a_key,
    a_queue,
    a_receiver,
    a_role,
    a_rule,
    a_target,
    an_archive,
    bus_arn,
    key_arn,
    queue_arn,
    role_arn,
)
from cdk_eventbridge_patterns.topology.security import Key, KeyAlias
from cdk_eventbridge_patterns.topology.stamp import Stamp
from tests.unit.checks.case import Case

KEY = key_arn(account=ORDERS)
LOST = queue_arn(account=ORDERS)
LOG = f"arn:aws:logs:eu-west-1:{ORDERS}:log-group:/acme/orders"
USE = ["kms:DescribeKey", "kms:GenerateDataKey", "kms:Decrypt"]
rule = a_rule(a_target(queue_arn("invoices", account=ORDERS), dead_letter_arn=LOST))
lost = a_queue(account=ORDERS, key=KEY)
encrypted = a_bus(key_arn=KEY)
to_log = a_rule(a_target(LOG))
log = a_receiver(LOG, "AWS::Logs::LogGroup", key=KEY)


def key(actions: Any = None, condition: Mapping[str, Any] | None = None, service: str = "events.amazonaws.com") -> Any:
    if actions is None:
        return a_key(account=ORDERS)
    statement = {"Effect": "Allow", "Principal": {"Service": service}, "Action": actions, "Resource": "*"}
    return a_key("1234", statement if condition is None else {**statement, "Condition": condition}, account=ORDERS)


STREAM = f"arn:aws:kinesis:eu-west-1:{ORDERS}:stream/facts"
stream = a_receiver(STREAM, "AWS::Kinesis::Stream", key=KEY)
to_stream = a_rule(a_target(STREAM, role_arn=role_arn("deliver", account=ORDERS)))
OWNED = {"Effect": "Allow", "Principal": {"AWS": f"arn:aws:iam::{ORDERS}:root"}, "Action": "kms:*", "Resource": "*"}
owned_key = a_key("1234", OWNED, account=ORDERS)
USE_KEY = {"Effect": "Allow", "Action": "kms:GenerateDataKey", "Resource": KEY}
ON_BUS = "kms:EncryptionContext:aws:events:event-bus:arn"
bus_with_queue = a_bus(key_arn=KEY, dead_letter_arn=LOST)
logging = a_bus(key_arn=KEY, log_level="INFO")
consumers_rule = a_rule(account=BILLING)
BY_BILLING = {"Effect": "Allow", "Principal": {"AWS": BILLING}, "Action": "kms:Decrypt", "Resource": "*"}
LOGS = {"StringLike": {"kms:EncryptionContext:SourceArn": f"arn:aws:logs:eu-west-1:{ORDERS}:*"}}
DELIVERY = {"Service": "delivery.logs.amazonaws.com"}
logged = a_key(
    "1234",
    {"Effect": "Allow", "Principal": {"Service": "events.amazonaws.com"}, "Action": USE, "Resource": "*"},
    {"Effect": "Allow", "Principal": DELIVERY, "Action": USE, "Resource": "*", "Condition": LOGS},
    account=ORDERS,
)
alias = KeyAlias(name="alias/orders", account=ORDERS, region="eu-west-1", location=encrypted.location)


def for_fields(condition: Mapping[str, Any]) -> Key:
    """Return a key for the sensitive fields of orders, which lets billing decrypt under *condition*."""
    found = a_key("1234", {**BY_BILLING, "Condition": condition}, account=ORDERS)
    return replace(found, stamp=Stamp(service="orders", encrypts=[EventName("orders", "OrderPlaced", 1)]))


OF_ACCOUNT = {"StringEquals": {"aws:SourceAccount": ORDERS}}

CASES = [
    Case(
        "ENC001",
        f"the key of {LOST} keeps rule 'acme-prod-billing--order-placed-v1' out: no statement allows it",
        "Rule Targets.0.DeadLetterConfig.Arn",
        [rule, lost, key()],
        [rule, lost, key(USE)],
    ),
    Case(
        "ENC002",
        f"{LOST} is encrypted by alias/aws/sqs, which EventBridge can't use",
        "Queuelost",
        [rule, a_queue(account=ORDERS, key="alias/aws/sqs")],
        [rule, a_queue(account=ORDERS)],
    ),
    Case(
        "ENC003",
        f"key {KEY} of bus 'acme-prod-orders' does not let EventBridge in: the statement at {ORDERS}/Key1234 "
        "(KeyPolicy.Statement.0) does not: its action is kms:DescribeKey",
        "Busacmeprodorders KmsKeyIdentifier",
        [encrypted, key("kms:DescribeKey", OF_ACCOUNT)],
        [encrypted, key(USE, OF_ACCOUNT)],
    ),
    Case(
        "ENC004",
        "bus 'acme-prod-orders' has a key of its own and no dead-letter queue",
        "Busacmeprodorders",
        [encrypted],
        [a_bus(key_arn=KEY, dead_letter_arn=LOST)],
    ),
    Case(
        "ENC005",
        f"archive 'orders' has no key, bus 'acme-prod-orders' has {KEY}",
        "Archive",
        [encrypted, an_archive()],
        [encrypted, an_archive(key_arn=KEY)],
    ),
    Case(
        "ENC006",
        "bus 'acme-prod-orders' has a key of its own, so its events can't be discovered",
        "Discoverer SourceArn",
        [encrypted, a_discoverer()],
        [a_bus(), a_discoverer()],
    ),
    Case(
        "ENC007",
        f"key {KEY} of archive 'orders' does not let EventBridge in: no statement allows it",
        "Archive KmsKeyIdentifier",
        [an_archive(key_arn=KEY), key()],
        [an_archive(key_arn=KEY), key([*USE, "kms:ReEncrypt*"], OF_ACCOUNT)],
    ),
    Case(
        "ENC007",
        f"key {KEY} of archive 'orders' does not let EventBridge in: the statement at {ORDERS}/Key1234 "
        "(KeyPolicy.Statement.0) does not: its action is kms:DescribeKey or kms:GenerateDataKey or kms:Decrypt",
        "Archive KmsKeyIdentifier",
        [an_archive(key_arn=KEY), key(USE, OF_ACCOUNT)],
        [an_archive(key_arn=KEY), key([*USE, "kms:ReEncryptFrom", "kms:ReEncryptTo"], OF_ACCOUNT)],
        id="without encrypting anew",
    ),
    Case(
        "ENC008",
        f"key {KEY} may be used by EventBridge for any account",
        "Key1234 KeyPolicy.Statement.0",
        [encrypted, key(USE)],
        [encrypted, key(USE, {"ArnEquals": {"aws:SourceArn": bus_arn()}})],
    ),
    Case(
        "ENC008",
        f"key {KEY} may be used by EventBridge for any account",
        "Key1234 KeyPolicy.Statement.0",
        [encrypted, key(USE, {"StringLike": {ON_BUS: "arn:aws:events:eu-west-1:*:event-bus/*"}})],
        [encrypted, key(USE, {"StringEquals": {ON_BUS: bus_arn()}})],
        id="by the encryption context",
    ),
    Case(
        "ENC009",
        f"key {KEY} does not let CloudWatch Logs write to {LOG}: the statement at {ORDERS}/Key1234 "
        "(KeyPolicy.Statement.0) does not: it is for events.amazonaws.com, not logs.eu-west-1.amazonaws.com",
        "loggroupacmeorders KmsKeyId",
        [to_log, log, key(["kms:Encrypt", *USE])],
        [to_log, log, key(["kms:Encrypt", *USE], service="logs.eu-west-1.amazonaws.com")],
    ),
    Case(
        "ENC010",
        f"role 'deliver' may not use key {KEY} of {STREAM}: no statement allows it",
        "Rule Targets.0.RoleArn",
        [to_stream, stream, a_role("deliver", account=ORDERS), owned_key],
        [to_stream, stream, a_role("deliver", USE_KEY, account=ORDERS), owned_key],
    ),
    Case(
        "ENC011",
        f"the key of {LOST} keeps bus 'acme-prod-orders' out: no statement allows it",
        "Busacmeprodorders DeadLetterConfig.Arn",
        [bus_with_queue, lost, key()],
        [bus_with_queue, lost, key(USE, OF_ACCOUNT)],
    ),
    Case(
        "ENC011",
        f"the key of {LOST} keeps bus 'acme-prod-orders' out: alias/aws/sqs is AWS's own key, which EventBridge may "
        "not use",
        "Busacmeprodorders DeadLetterConfig.Arn",
        [bus_with_queue, a_queue(account=ORDERS, key="alias/aws/sqs")],
        [bus_with_queue, a_queue(account=ORDERS)],
        id="by AWS's own key",
    ),
    Case(
        "ENC012",
        f"key {KEY} of bus 'acme-prod-orders' does not let account {BILLING} decrypt, which puts rule "
        "'acme-prod-billing--order-placed-v1' on it: the statement at 111111111111/Key1234 (KeyPolicy.Statement.0) "
        f"does not: it is for arn:aws:iam::{ORDERS}:root, not account {BILLING}",
        "Key1234 KeyPolicy",
        [encrypted, consumers_rule, owned_key],
        [encrypted, consumers_rule, a_key("1234", OWNED, BY_BILLING, account=ORDERS)],
    ),
    Case(
        "ENC013",
        f"key {KEY} does not let the logs of bus 'acme-prod-orders' be delivered: the statement at "
        "111111111111/Key1234 (KeyPolicy.Statement.0) does not: it is for events.amazonaws.com, not "
        "delivery.logs.amazonaws.com",
        "Busacmeprodorders LogConfig",
        [logging, key(USE)],
        [logging, logged],
    ),
    Case(
        "ENC014",
        "alias/order, the key of bus 'acme-prod-orders', is declared by no template",
        "Busacmeprodorders KmsKeyIdentifier",
        [a_bus(key_arn="alias/order"), alias],
        [a_bus(key_arn="alias/orders"), alias],
    ),
    Case(
        "ENC015",
        f"key {KEY} for sensitive fields of 'orders' decrypts those of any event",
        "Key1234 KeyPolicy.Statement.0",
        [for_fields({"StringEquals": {"kms:CallerAccount": BILLING}})],
        [for_fields({"StringEquals": {"kms:EncryptionContext:event": "orders/OrderPlaced.v1"}})],
    ),
]
