"""The statements of a key's policy that EventBridge, CloudWatch Logs and other accounts need, each as AWS has it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from cdk_eventbridge_patterns.access.statement import EVENTBRIDGE, Statement, one_or_many
from cdk_eventbridge_patterns.naming.arn import account_root, arn
from cdk_eventbridge_patterns.naming.bus_reference import BusAddress

# What EventBridge binds to a bus all that it encrypts for it, as AWS's key policies call it.
# https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-encryption-event-bus-cmkey.html
BUS_CONTEXT = "kms:EncryptionContext:aws:events:event-bus:arn"

# How the encrypted event calls it that AWS shows for a dead letter: its header is readable, and says this.
# https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-encryption-event-bus-dlq-decrypt.html
DEAD_LETTER_CONTEXT = "kms:EncryptionContext:aws:events:event-bus"

# https://docs.aws.amazon.com/eventbridge/latest/userguide/encryption-bus-logs.html
LOG_CONTEXT = "kms:EncryptionContext:SourceArn"
LOG_DELIVERY = "delivery.logs.amazonaws.com"

_DATA_KEY = ("kms:Decrypt", "kms:GenerateDataKey")
_RE_ENCRYPT = ("kms:ReEncryptFrom", "kms:ReEncryptTo")


def administration(account: str, region: str) -> Statement:
    """Leave the key to its account, whose own IAM decides who administers and who uses it.

    The one wildcard: AWS's default statement. A key whose policy leaves nobody the right to change it can be mended by
    AWS support only.
    https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
    """
    return _allow("Administer", {"AWS": account_root(account, region=region)}, "kms:*")


def describing() -> Statement:
    """Let EventBridge see that the key is there and symmetric, as AWS has it: without a condition.

    It tells nothing of what is encrypted. Which conditions the call would meet is not documented.
    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-encryption-key-policy.html
    """
    return _allow("DescribeForEventBridge", {"Service": EVENTBRIDGE}, "kms:DescribeKey")


def bus_use(bus: BusAddress, sid: str, *, archived: bool) -> Statement:
    """Let EventBridge encrypt for *bus*, and for its archive where it has one.

    For an archive AWS's statement has the encryption context alone, which holds the ARN of the bus, account included;
    `aws:SourceArn` is there for the bus only, so where both share a key it is left out.
    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-encryption-event-bus-cmkey.html
    https://docs.aws.amazon.com/eventbridge/latest/userguide/encryption-archives.html
    """
    if archived:
        return _allow(sid, {"Service": EVENTBRIDGE}, *_DATA_KEY, *_RE_ENCRYPT, StringEquals={BUS_CONTEXT: bus.arn})
    held = {BUS_CONTEXT: bus.arn, "aws:SourceArn": bus.arn}
    return _allow(sid, {"Service": EVENTBRIDGE}, *_DATA_KEY, StringEquals=held)


def bus_readers(bus: BusAddress, sid: str, accounts: Iterable[str], organization_id: str | None) -> Iterator[Statement]:
    """Let other accounts decrypt what is bound to *bus*, and nothing else; who of them may, their own IAM says.

    Whoever puts a rule or targets on an encrypted bus must be allowed `kms:Decrypt` on its key; and what could not be
    delivered is in the consumer's dead-letter queue encrypted by that key. AWS's pages call the encryption context in
    two ways, in policies and in the example of such a dead letter, so there is a statement for each.
    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-encryption-event-bus-cmkey.html
    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-encryption-event-bus-dlq-decrypt.html
    """
    named = sorted({*accounts} - {bus.account})
    for name, context in (("Rules", BUS_CONTEXT), ("DeadLetters", DEAD_LETTER_CONTEXT)):
        if named:
            principal = {"AWS": one_or_many([account_root(each, region=bus.region) for each in named])}
            yield _allow(f"{sid}{name}", principal, "kms:Decrypt", StringEquals={context: bus.arn})
        if organization_id is not None:
            held = {context: bus.arn, "aws:PrincipalOrgID": organization_id}
            yield _allow(f"{sid}{name}OfOrganization", {"AWS": "*"}, "kms:Decrypt", StringEquals=held)


def queue_use(source_accounts: Iterable[str]) -> Statement:
    """Let EventBridge write to encrypted queues, for buses and rules of these accounts.

    That EventBridge says for whom it writes to an encrypted queue is documented; which of the two ARNs it names, the
    rule's or the queue's, is not clear, so the statement names the accounts of both. What is bound to a bus or to logs
    is left to their statements.
    https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html
    """
    held = {"aws:SourceAccount": one_or_many(sorted({*source_accounts}))}
    for_nothing_else = {BUS_CONTEXT: "true", LOG_CONTEXT: "true"}
    return _allow("WriteToQueues", {"Service": EVENTBRIDGE}, *_DATA_KEY, StringEquals=held, Null=for_nothing_else)


def log_group_use(log_group_arns: Iterable[str], region: str) -> Statement:
    """Let CloudWatch Logs encrypt for these log groups.

    AWS's statement has `kms:GenerateDataKey*` and `kms:ReEncrypt*`; these are the actions of a symmetric key that they
    stand for.
    https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
    """
    actions = (
        "kms:Decrypt",
        "kms:DescribeKey",
        "kms:Encrypt",
        "kms:GenerateDataKey",
        "kms:GenerateDataKeyWithoutPlaintext",
        *_RE_ENCRYPT,
    )
    held = {"kms:EncryptionContext:aws:logs:arn": one_or_many(sorted({*log_group_arns}))}
    return _allow("WriteToLogGroups", {"Service": f"logs.{region}.amazonaws.com"}, *actions, ArnEquals=held)


def bus_log_use(account: str, region: str) -> Iterator[Statement]:
    """Let the logs of an encrypted bus be delivered: EventBridge encrypts what is on its way, the delivery decrypts it.

    https://docs.aws.amazon.com/eventbridge/latest/userguide/encryption-bus-logs.html
    """
    held = {LOG_CONTEXT: arn("logs", "*", region=region, account=account)}
    yield _allow("EncryptBusLogs", {"Service": EVENTBRIDGE}, "kms:GenerateDataKey", StringLike=held)
    yield _allow("DeliverBusLogs", {"Service": LOG_DELIVERY}, *_DATA_KEY, StringLike=held)


def held_to_alias(alias: str, condition: Mapping[str, Any]) -> dict[str, Any]:
    """Return the condition that holds a role to the key with an alias, and to *condition* on top.

    A policy can name a key by its own ARN only, whose id AWS makes up; so it names all of an account.
    https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-resource-aliases
    """
    return {**condition, "ForAnyValue:StringEquals": {"kms:ResourceAliases": alias}}


def _allow(sid: str, principal: Mapping[str, Any], *actions: str, **condition: Mapping[str, Any]) -> Statement:
    """Return a statement about the key that the policy is of: to that, `Resource` is always `*`.

    https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-overview.html
    """
    statement: Statement = {
        "Sid": sid,
        "Effect": "Allow",
        "Principal": principal,
        "Action": one_or_many(actions),
        "Resource": "*",
    }
    return {**statement, "Condition": condition} if condition else statement
