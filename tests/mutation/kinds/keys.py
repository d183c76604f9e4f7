"""Faults in encryption: what EventBridge can't decrypt or encrypt is lost when it is needed most."""

from __future__ import annotations

from collections.abc import Iterator

from cdk_eventbridge_patterns.topology.policy_statement import PolicyStatement
from cdk_eventbridge_patterns.topology.receiver import Receiver
from cdk_eventbridge_patterns.topology.security import KeyAlias
from tests.mutation.kind import kind
from tests.mutation.kinds.targets import classic
from tests.mutation.world import Mutant, Spot, World

DESCRIBE, ENCRYPT, DECRYPT = "kms:DescribeKey", "kms:GenerateDataKey", "kms:Decrypt"
FAMILIES = ("delivery", "encryption", "flow")


def grants(world: World) -> Iterator[tuple[Spot, PolicyStatement]]:
    """Return the statements of keys that let EventBridge use them."""
    for key in world.topology.keys:
        for statement in key.statements:
            if "events.amazonaws.com" in (statement.principals or {}).get("Service", ()):
                yield world.spot(statement.location), statement


def without(world: World, action: str) -> Iterator[Mutant]:
    """Return the world without *action* in one statement."""
    for spot, statement in grants(world):
        kept = [each for each in statement.actions if each != action]
        if len(kept) < len(statement.actions):
            yield spot.at("Action").put(kept) if kept else spot.removed()


def written_to(world: World, resource_type: str) -> Iterator[Receiver]:
    """Return the queues or topics that EventBridge writes to in its own name."""
    by_itself = {each.target.arn for _, each in classic(world) if each.target.role_arn is None}
    arns = by_itself | {each.target.dead_letter_arn for _, each in classic(world)}
    return (each for each in world.topology.receivers if each.arn in arns and each.resource_type == resource_type)


@kind("key: the statement that lets EventBridge use it is gone", *FAMILIES)
def no_grant(world: World) -> Iterator[Mutant]:
    for spot, _ in grants(world):
        yield spot.removed()


@kind("key: EventBridge may not call DescribeKey", *FAMILIES)
def no_describing(world: World) -> Iterator[Mutant]:
    yield from without(world, DESCRIBE)


@kind("key: EventBridge may not call GenerateDataKey", *FAMILIES)
def no_encrypting(world: World) -> Iterator[Mutant]:
    yield from without(world, ENCRYPT)


@kind("key: EventBridge may not call Decrypt", *FAMILIES)
def no_decrypting(world: World) -> Iterator[Mutant]:
    yield from without(world, DECRYPT)


@kind("key: for another bus", *FAMILIES)
def for_another_bus(world: World) -> Iterator[Mutant]:
    for spot, statement in grants(world):
        for condition in statement.conditions:
            if condition.key.endswith("arn") and spot.has("Condition", condition.operator):
                for name, value in spot.at("Condition", condition.operator).value.items():
                    if name.lower() == condition.key:
                        yield spot.at("Condition", condition.operator, name).put(f"{value}-another")


@kind("key: EventBridge may use it for any bus of any account", "encryption", "access")
def for_any_bus(world: World) -> Iterator[Mutant]:
    for spot, _ in grants(world):
        if spot.has("Condition"):
            yield spot.at("Condition").removed()


@kind("log group: its key does not let CloudWatch Logs use it", "encryption")
def key_of_log_group(world: World) -> Iterator[Mutant]:
    for key in world.topology.keys:
        for statement in key.statements:
            if any(each.startswith("logs.") for each in (statement.principals or {}).get("Service", ())):
                yield world.spot(statement.location).removed()


@kind("queue: a key that does not let EventBridge use it", *FAMILIES)
def queue_with_key(world: World) -> Iterator[Mutant]:
    yield from _with_closed_key(world, "AWS::SQS::Queue")


@kind("topic: a key that does not let EventBridge use it", *FAMILIES)
def topic_with_key(world: World) -> Iterator[Mutant]:
    yield from _with_closed_key(world, "AWS::SNS::Topic")


def _with_closed_key(world: World, resource_type: str) -> Iterator[Mutant]:
    for receiver in written_to(world, resource_type):
        spot = world.spot(receiver.location)
        own = {"AWS": f"arn:aws:iam::{receiver.account}:root"}
        statement = {"Effect": "Allow", "Principal": own, "Action": "kms:*", "Resource": "*"}
        policy = {"Version": "2012-10-17", "Statement": [statement]}
        kept = {name: value for name, value in spot.value.items() if name != "SqsManagedSseEnabled"}
        changed = {**kept, "KmsMasterKeyId": {"Fn::GetAtt": ["ClosedKey", "Arn"]}}
        yield spot.beside(
            {
                spot.logical_id: {**spot.resource, "Properties": changed},
                "ClosedKey": {"Type": "AWS::KMS::Key", "Properties": {"KeyPolicy": policy}},
            }
        )


@kind("queue: encrypted by alias/aws/sqs, which EventBridge can't use", *FAMILIES)
def managed_key_of_queue(world: World) -> Iterator[Mutant]:
    for queue in written_to(world, "AWS::SQS::Queue"):
        yield world.spot(queue.location).at("KmsMasterKeyId").put("alias/aws/sqs")


@kind("topic: encrypted by alias/aws/sns, which EventBridge can't use", *FAMILIES)
def managed_key_of_topic(world: World) -> Iterator[Mutant]:
    for topic in written_to(world, "AWS::SNS::Topic"):
        yield world.spot(topic.location).at("KmsMasterKeyId").put("alias/aws/sns")


@kind("bus with a key: its archive has none", "encryption")
def archive_without_key(world: World) -> Iterator[Mutant]:
    for archive in world.topology.archives:
        if archive.key_arn is not None:
            yield world.spot(archive.location).at("KmsKeyIdentifier").removed()


@kind("bus with a key: the key of its archive is an empty text", "encryption")
def archive_with_empty_key(world: World) -> Iterator[Mutant]:
    """What the CDK's `bus.archive(kms_key=…)` writes."""
    for archive in world.topology.archives:
        if archive.key_arn is not None:
            yield world.spot(archive.location).at("KmsKeyIdentifier").put("")


@kind("bus with a key: a discoverer of schemas", "encryption")
def discoverer(world: World) -> Iterator[Mutant]:
    for bus in world.topology.buses:
        if bus.key_arn is not None:
            properties = {"SourceArn": bus.arn}
            found = {"Type": "AWS::EventSchemas::Discoverer", "Properties": properties}
            yield world.spot(bus.location).beside({"Discoverer": found})


@kind("bus with a key: no dead-letter queue", *FAMILIES)
def no_dead_letter_queue(world: World) -> Iterator[Mutant]:
    for bus in world.topology.buses:
        if bus.key_arn is not None and bus.dead_letter_arn is not None:
            yield world.spot(bus.location).at("DeadLetterConfig").removed()


@kind("key: EventBridge may not encrypt anew for an archive", "encryption")
def no_encrypting_anew(world: World) -> Iterator[Mutant]:
    for action in ("kms:ReEncryptFrom", "kms:ReEncryptTo", "kms:ReEncrypt*"):
        yield from without(world, action)


@kind("key: the accounts of consumers may not decrypt what is bound to the bus", "encryption")
def no_reading(world: World) -> Iterator[Mutant]:
    for spot, statement in _of_accounts(world):
        if any(condition.key.endswith(":event-bus:arn") for condition in statement.conditions):
            yield spot.removed()


@kind("key: for writing to queues, but for another account", *FAMILIES)
def queues_of_another_account(world: World) -> Iterator[Mutant]:
    for spot, statement in grants(world):
        if {condition.operator for condition in statement.conditions} == {"StringEquals", "Null"}:
            yield spot.at("Condition", "StringEquals", "aws:SourceAccount").put("000000000000")


@kind("bus with a key: its logs may not be encrypted on their way", "encryption")
def logs_not_encrypted(world: World) -> Iterator[Mutant]:
    for spot, statement in grants(world):
        if any(condition.key == "kms:encryptioncontext:sourcearn" for condition in statement.conditions):
            yield spot.removed()


@kind("bus with a key: its logs may not be decrypted where they are delivered", "encryption")
def logs_not_decrypted(world: World) -> Iterator[Mutant]:
    for key in world.topology.keys:
        for statement in key.statements:
            if "delivery.logs.amazonaws.com" in (statement.principals or {}).get("Service", ()):
                yield world.spot(statement.location).removed()


@kind("alias of a key: it is gone", "encryption")
def no_alias(world: World) -> Iterator[Mutant]:
    for alias in _aliases_in_use(world):
        yield world.spot(alias.location).resource_removed()


@kind("alias of a key: another name", "encryption")
def another_alias(world: World) -> Iterator[Mutant]:
    for alias in _aliases_in_use(world):
        yield world.spot(alias.location).at("AliasName").put(f"{alias.name}-another")


@kind("key for sensitive fields: it decrypts those of any event", "encryption")
def any_event(world: World) -> Iterator[Mutant]:
    for spot, statement in _of_accounts(world):
        of_event = any(condition.key == "kms:encryptioncontext:event" for condition in statement.conditions)
        if of_event and "kms:Decrypt" in statement.actions:
            yield spot.at("Condition").removed()


def _of_accounts(world: World) -> Iterator[tuple[Spot, PolicyStatement]]:
    for key in world.topology.keys:
        for statement in key.statements:
            if (statement.principals or {}).get("AWS") and statement.conditions:
                yield world.spot(statement.location), statement


def _aliases_in_use(world: World) -> Iterator[KeyAlias]:
    topology = world.topology
    used = {
        *((each.key_arn, each.account, each.region) for each in topology.buses),
        *((each.key_arn, each.account, each.region) for each in topology.archives),
        *((each.key, each.account, each.region) for each in topology.receivers),
    }
    return (each for each in topology.key_aliases if (each.name, each.account, each.region) in used)
