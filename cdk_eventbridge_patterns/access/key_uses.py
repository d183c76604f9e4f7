"""Which key is used by whom, and what it is asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from cdk_eventbridge_patterns.access.evaluation import Decision, agreed, decide
from cdk_eventbridge_patterns.access.key_policy import BUS_CONTEXT, LOG_CONTEXT, LOG_DELIVERY
from cdk_eventbridge_patterns.access.keys import WRITE, role_may_use, service_may_use
from cdk_eventbridge_patterns.access.reach import first_refusal
from cdk_eventbridge_patterns.access.request import ContextValue, Principal, Request
from cdk_eventbridge_patterns.topology.bus import Archive, Bus
from cdk_eventbridge_patterns.topology.location import Location
from cdk_eventbridge_patterns.topology.receiver import Receiver
from cdk_eventbridge_patterns.topology.rule import Rule, Target
from cdk_eventbridge_patterns.topology.security import Key, Role
from cdk_eventbridge_patterns.topology.text import account_of, same
from cdk_eventbridge_patterns.topology.topology import Topology
from cdk_eventbridge_patterns.undecided import Undecided

_ENCRYPTED = ("AWS::SQS::Queue", "AWS::SNS::Topic")
_DATA_KEY = ("kms:GenerateDataKey", "kms:Decrypt")
_ARCHIVE = (*_DATA_KEY, "kms:ReEncryptFrom", "kms:ReEncryptTo")
_NO_CONTEXT = Undecided("whether kms:DescribeKey has the encryption context is not documented")
_NOT_FOR_OTHERS = "it is AWS's own key, which no other account may use"
_WHOSE_ARN = "whether EventBridge names to KMS the rule or the queue that it writes to is not clear from AWS's page"


@dataclass(frozen=True, kw_only=True)
class EncryptedUse:
    """A rule that sends to something encrypted, as EventBridge itself rather than by a role.

    Args:
        rule: The rule.

        receiver: What it sends to.

        location: Where that is written.

        key: The key, nothing where no template holds it.
    """

    rule: Rule
    receiver: Receiver
    location: Location
    key: Key | None

    @property
    def is_managed_by_aws(self) -> bool:
        """Whether the key is AWS's own of the service, whose policy nobody can change."""
        return (self.receiver.key or "").rpartition(":")[2].startswith("alias/aws/")

    @property
    def decision(self) -> Decision:
        """Whether the key lets EventBridge in for the rule."""
        if self.is_managed_by_aws:
            return Decision(answer=False, reason=f"{self.receiver.key} is AWS's own key, which EventBridge may not use")
        if self.key is None:
            return Decision.unknown(not_read(self.receiver.key))
        if self.receiver.is_queue:
            return queue_key_decision(self.key, self.receiver, self.rule.arn)
        unsaid = Undecided("whether EventBridge says to KMS for which rule it asks is not documented")
        return service_may_use(self.key, WRITE, _written("sns", self.receiver, unsaid, unsaid))


def queue_key_decision(key: Key, queue: Receiver, source_arn: str) -> Decision:
    """Return whether *key* lets EventBridge write to *queue* for a rule or a bus.

    EventBridge says for whom it writes to an encrypted queue; AWS's page names the resource that is encrypted, others
    the rule. So each is asked about: a policy that lets both in, as by their accounts, is decided.
    https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html
    """
    said = [
        _written("sqs", queue, each, account_of(each) or Undecided(f"the account of {each} is not known"))
        for each in (source_arn, queue.arn)
    ]
    return agreed((service_may_use(key, WRITE, context) for context in said), _WHOSE_ARN)


def bus_queue_key_decision(topology: Topology, bus: Bus) -> Decision | None:
    """Return whether the key of the dead-letter queue of *bus* lets EventBridge in, nothing where KMS has no part."""
    queue = None if bus.dead_letter_arn is None else topology.receiver(bus.dead_letter_arn)
    if queue is None or queue.key is None:
        return None
    if "alias/aws/" in queue.key:
        return Decision(answer=False, reason=f"{queue.key} is AWS's own key, which EventBridge may not use")
    key = topology.key(queue.key, account=queue.account, region=queue.region)
    return Decision.unknown(not_read(queue.key)) if key is None else queue_key_decision(key, queue, bus.arn)


def reader_key_decision(topology: Topology, bus: Bus, key: Key, account: str) -> Decision:
    """Return whether *key* lets *account*, which puts rules on *bus*, decrypt what is bound to that.

    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-encryption-event-bus-cmkey.html
    """
    given: dict[str, ContextValue] = {
        BUS_CONTEXT: bus.arn,
        "kms:CallerAccount": account,
        "kms:ViaService": Undecided("whether EventBridge asks KMS in the name of who puts a rule is not documented"),
        **topology.organization_of(account),
    }
    request = Request(principal=Principal.of_account(account), action="kms:Decrypt", resource=key.arn, given=given)
    return decide(request, key.statements)


def bus_log_decision(bus: Bus, key: Key) -> Decision:
    """Return whether *key*, of *bus*, lets its logs be delivered.

    https://docs.aws.amazon.com/eventbridge/latest/userguide/encryption-bus-logs.html
    """
    logs = f"{bus.arn.split(':events:')[0]}:logs:{bus.region}:{bus.account}:*"
    source = Undecided("whether a delivery of logs says to KMS for which bus it asks is not documented")
    given: dict[str, ContextValue] = {
        LOG_CONTEXT: logs,
        "aws:SourceArn": source,
        "aws:SourceAccount": source,
    }
    encrypted = service_may_use(key, ["kms:GenerateDataKey"], given)
    return first_refusal([encrypted, service_may_use(key, WRITE, given, service=LOG_DELIVERY)])


def _written(
    service: str, receiver: Receiver, source: ContextValue, account: ContextValue
) -> Mapping[str, ContextValue]:
    """Return the condition keys of what KMS is asked as something is written to what it encrypts."""
    return {
        "aws:SourceArn": source,
        "aws:SourceAccount": account,
        "kms:ViaService": f"{service}.{receiver.region}.amazonaws.com",
        f"kms:EncryptionContext:aws:{service}:arn": receiver.arn,
    }


def encrypted_uses(topology: Topology) -> Iterator[EncryptedUse]:
    """Return the dead-letter queues, and the targets without a role, that are encrypted by KMS."""
    for delivery in topology.deliveries():
        rule, target = delivery.rule, delivery.target
        sent_to = [(target.dead_letter_arn, target.at("DeadLetterConfig.Arn"))]
        if target.role_arn is None:
            sent_to.append((target.arn, target.at("Arn")))
        for arn, location in sent_to:
            use = None if arn is None else encrypted_use(topology, rule, arn, location)
            if use is not None:
                yield use


def encrypted_use(topology: Topology, rule: Rule, arn: str, location: Location) -> EncryptedUse | None:
    """Return what it takes of a key that *rule* sends to *arn*, nothing where that is not encrypted by KMS."""
    receiver = topology.receiver(arn)
    if receiver is None or receiver.key is None or receiver.resource_type not in _ENCRYPTED:
        return None
    key = topology.key(receiver.key, account=receiver.account, region=receiver.region)
    return EncryptedUse(rule=rule, receiver=receiver, location=location, key=key)


def role_key_decision(topology: Topology, role: Role, target: Target) -> Decision | None:
    """Return whether *role* may use the key of *target*, nothing where that has none, or AWS's own of its account.

    AWS's own key lets in its own account, and its policy can't be changed.
    https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html
    """
    receiver = topology.receiver(target.arn)
    if receiver is None or receiver.key is None:
        return None
    if "alias/aws/" in receiver.key:
        foreign = same(role.account, receiver.account) is False
        return Decision(answer=False, reason=_NOT_FOR_OTHERS) if foreign else None
    key = topology.key(receiver.key, account=receiver.account, region=receiver.region)
    if key is None:
        return Decision.unknown(not_read(receiver.key))
    return role_may_use(key, role, target.service, target.arn)


def bus_key_decision(bus: Bus, key: Key) -> Decision:
    """Return whether *key* lets EventBridge encrypt for *bus*.

    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-encryption-event-bus-cmkey.html
    """
    given: dict[str, ContextValue] = {"aws:SourceArn": bus.arn, "aws:SourceAccount": bus.account}
    described = service_may_use(key, ["kms:DescribeKey"], {**given, BUS_CONTEXT: _NO_CONTEXT})
    used = service_may_use(key, _DATA_KEY, {**given, BUS_CONTEXT: bus.arn})
    return first_refusal([used, described])


def archive_key_decision(archive: Archive, key: Key) -> Decision:
    """Return whether *key* lets EventBridge encrypt for *archive*.

    https://docs.aws.amazon.com/eventbridge/latest/userguide/encryption-archives.html
    """
    source = Undecided("by which ARN EventBridge names an archive to KMS is not documented")
    given: dict[str, ContextValue] = {"aws:SourceArn": source, "aws:SourceAccount": archive.account}
    described = service_may_use(key, ["kms:DescribeKey"], {**given, BUS_CONTEXT: _NO_CONTEXT})
    used = service_may_use(key, _ARCHIVE, {**given, BUS_CONTEXT: archive.bus_arn})
    return first_refusal([used, described])


def log_groups_in_use(topology: Topology) -> list[Receiver]:
    """Return the log groups with a key of one's own that events or logs of buses are written to."""
    delivered = {each.destination_arn.removesuffix(":*") for each in topology.log_deliveries}
    targeted = {delivery.target.arn for delivery in topology.deliveries()}
    return [
        receiver
        for receiver in topology.receivers
        if receiver.resource_type == "AWS::Logs::LogGroup" and receiver.key and receiver.arn in delivered | targeted
    ]


def log_key_decision(group: Receiver, key: Key) -> Decision:
    """Return whether *key* lets CloudWatch Logs encrypt for a log group.

    https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
    """
    given: dict[str, ContextValue] = {
        "kms:EncryptionContext:aws:logs:arn": group.arn,
        "aws:SourceArn": group.arn,
        "aws:SourceAccount": group.account,
    }
    actions = ("kms:Encrypt", "kms:Decrypt", "kms:GenerateDataKey")
    return service_may_use(key, actions, given, service=f"logs.{group.region}.amazonaws.com")


def not_read(key: str | None) -> Undecided:
    """Return why nobody can say what a key allows that no template holds."""
    return Undecided(f"key {key} is in no template that was read")


def keys_in_use(topology: Topology) -> list[Key]:
    """Return the keys of buses and of archives, for which EventBridge is documented to say whose they are."""
    named = [
        *((bus.key_arn, bus.account, bus.region) for bus in topology.buses),
        *((archive.key_arn, archive.account, archive.region) for archive in topology.archives),
    ]
    found = {
        key.arn: key
        for name, account, region in named
        if name is not None and (key := topology.key(name, account=account, region=region)) is not None
    }
    return list(found.values())
