"""The graph of everything that has to do with EventBridge, over all stacks of all accounts that were read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, TypeVar

from cdk_eventbridge_patterns.contracts.event_name import EventName
from cdk_eventbridge_patterns.topology.acknowledgement import Acknowledged
from cdk_eventbridge_patterns.topology.alarm import Alarm
from cdk_eventbridge_patterns.topology.bucket import Bucket
from cdk_eventbridge_patterns.topology.bus import Archive, Bus, Discoverer, LogDelivery
from cdk_eventbridge_patterns.topology.endpoint import Endpoint
from cdk_eventbridge_patterns.topology.feed import Feed
from cdk_eventbridge_patterns.topology.named_resource import NamedResource
from cdk_eventbridge_patterns.topology.policy_statement import PolicyStatement
from cdk_eventbridge_patterns.topology.receiver import Receiver
from cdk_eventbridge_patterns.topology.registered_schema import RegisteredSchema
from cdk_eventbridge_patterns.topology.rule import Delivery, Rule
from cdk_eventbridge_patterns.topology.security import Key, KeyAlias, ResourcePolicy, Role
from cdk_eventbridge_patterns.topology.tagged_resource import TaggedResource
from cdk_eventbridge_patterns.topology.text import (
    account_of,
    is_known,
    is_literal,
    log_groups_beside,
    may_be_one_of,
    region_of,
    same,
    service_of,
    without_version,
)
from cdk_eventbridge_patterns.topology.unread import Unread
from cdk_eventbridge_patterns.undecided import Answer, Undecided, any_of

_Value = TypeVar("_Value")

# Every account has the first; the others belong to partners of AWS.
_BUSES_OF_OTHERS = ("event-bus/default", "event-bus/aws.partner/")

# The services of which all that a target may name is read.
_SERVICES_READ = frozenset(("sqs", "sns", "lambda", "kinesis", "firehose", "states", "logs"))


@dataclass(frozen=True, kw_only=True)
class Topology:
    """Everything that has to do with EventBridge, with the questions that checks ask about it.

    Args:
        environments: The accounts and Regions whose templates were read. What is not found in one of these is declared
            by none of them; of any other nothing is known.

        organization: The AWS organisation that all these accounts are of. Default: nobody said.
    """

    buses: tuple[Bus, ...] = ()
    rules: tuple[Rule, ...] = ()
    archives: tuple[Archive, ...] = ()
    discoverers: tuple[Discoverer, ...] = ()
    log_deliveries: tuple[LogDelivery, ...] = ()
    endpoints: tuple[Endpoint, ...] = ()
    receivers: tuple[Receiver, ...] = ()
    feeds: tuple[Feed, ...] = ()
    buckets: tuple[Bucket, ...] = ()
    policies: tuple[ResourcePolicy, ...] = ()
    roles: tuple[Role, ...] = ()
    keys: tuple[Key, ...] = ()
    key_aliases: tuple[KeyAlias, ...] = ()
    alarms: tuple[Alarm, ...] = ()
    schemas: tuple[RegisteredSchema, ...] = ()
    names: tuple[NamedResource, ...] = ()
    tagged: tuple[TaggedResource, ...] = ()
    acknowledged: tuple[Acknowledged, ...] = ()
    unread: tuple[Unread, ...] = ()
    environments: frozenset[tuple[str, str]] = field(default_factory=frozenset)
    organization: str | None = None

    def bus(self, arn: str) -> Bus | None:
        """Return the bus with this ARN, nothing where no template makes it."""
        return self._buses.get(arn)

    def receiver(self, arn: str) -> Receiver | None:
        """Return the queue, topic or function with this ARN, nothing where no template makes it."""
        return self._receivers.get(arn)

    def receiver_or_version(self, arn: str) -> Receiver | None:
        """Return the receiver with this ARN, or the function of which it is an alias or version."""
        return self.receiver(arn) or self.receiver(without_version(arn))

    def role(self, arn: str) -> Role | None:
        """Return the role with this ARN, nothing where no template makes it."""
        return self._roles.get(arn)

    def key(self, name: str, *, account: str, region: str) -> Key | None:
        """Return the key that *name*, an ARN, an id, an alias or the ARN of one, is in an account and Region."""
        if name.startswith("arn:"):
            return self._keys.get(name)
        return self._keys_by_name.get((account, region, name.removeprefix("key/")))

    def lacks_alias(self, name: str, *, account: str, region: str) -> bool:
        """Return whether *name* is an alias that the templates of its account and Region lack; AWS makes its own."""
        if name.startswith("arn:"):
            account, region, name = account_of(name), region_of(name), name.split(":", 5)[-1]
        if not name.startswith("alias/") or name.startswith("alias/aws/") or not is_literal(name):
            return False
        declared = [each.name for each in self.key_aliases if (each.account, each.region) == (account, region)]
        return (account, region) in self.environments and not may_be_one_of(name, declared)

    def policies_on(self, arn: str) -> tuple[ResourcePolicy, ...]:
        """Return the policies of the resource with this ARN; of a log group also those of all in its account."""
        of_all = self._policies.get(log_groups_beside(arn), ()) if ":logs:" in arn else ()
        return (*self._policies.get(arn, ()), *of_all)

    def statements_on(self, arn: str) -> tuple[PolicyStatement, ...]:
        """Return all statements about the resource with this ARN, those too that only may be about it."""
        return (
            *(statement for policy in self.policies_on(arn) for statement in policy.statements),
            *self._statements_perhaps_on(arn),
        )

    def _statements_perhaps_on(self, arn: str) -> Iterator[PolicyStatement]:
        for policy in self._policies_somewhere if is_known(arn) else self.policies:
            answer = same(policy.resource_arn, arn)
            if isinstance(answer, Undecided):
                yield from (replace(statement, conditional=answer) for statement in policy.statements)

    def rules_on(self, bus_arn: str) -> tuple[Rule, ...]:
        """Return the rules on a bus, whoever made them."""
        return tuple(self._rules.get(bus_arn, ()))

    def rules_perhaps_on(self, bus_arn: str) -> Iterator[tuple[Rule, Undecided]]:
        """Return the rules of which nobody can say beforehand whether they are on a bus, and why."""
        for rule in self._rules_somewhere if is_known(bus_arn) else self.rules:
            answer = same(rule.bus_arn, bus_arn)
            if isinstance(answer, Undecided):
                yield rule, answer

    def archives_of(self, bus_arn: str) -> tuple[Archive, ...]:
        """Return the archives of a bus."""
        return tuple(self._archives.get(bus_arn, ()))

    def schemas_of(self, source: str, detail_type: str) -> tuple[RegisteredSchema, ...]:
        """Return the schemas of an event, of which several stages may have one each."""
        return tuple(self._schemas.get((source, detail_type), ()))

    def publishers_of(self, event: EventName) -> tuple[Bus, ...]:
        """Return the buses that are declared to carry an event for its producer: one in each stage."""
        return tuple(self._publishers.get(event, ()))

    def deliveries(self) -> Iterator[Delivery]:
        """Return each rule with each of its targets."""
        return (Delivery(rule=rule, target=target) for rule in self.rules for target in rule.known_targets)

    def moves(self) -> Iterator[Delivery]:
        """Return what carries events from bus to bus."""
        return (delivery for delivery in self.deliveries() if delivery.target.is_bus)

    def moves_to(self, bus_arn: str) -> tuple[Delivery, ...]:
        """Return what brings events to a bus from others."""
        return tuple(self._moves_to.get(bus_arn, ()))

    def movers_to(self, bus_arn: str) -> Iterator[tuple[Rule, Answer]]:
        """Return the rules that bring events to a bus, and those of which nobody can say beforehand whether they do."""
        for move in self.moves_to(bus_arn):
            yield move.rule, True
        for rule in self._rules_to_somewhere if is_known(bus_arn) else self.rules:
            to_bus = any_of(same(target.arn, bus_arn) for target in rule.known_targets)
            answer = rule.targets if isinstance(rule.targets, Undecided) else to_bus
            if isinstance(answer, Undecided):
                yield rule, answer

    def code_behind(self, arn: str) -> Iterator[Receiver]:
        """Return the functions and state machines that get what is delivered to *arn*, directly or by what it feeds."""
        for here in (arn, *self.fed_from(arn)):
            receiver = self.receiver(without_version(here))
            if receiver is not None and receiver.role_arn is not None:
                yield receiver

    def fed_from(self, arn: str) -> tuple[str, ...]:
        """Return the ARNs of what gets on what a queue, stream or topic receives, from one to the next."""
        found = [arn]
        for here in found:
            found += [feed.to_arn for feed in self._feeds.get(here, ()) if feed.to_arn not in found]
        return tuple(found[1:])

    def dead_letter_queues(self) -> Mapping[str, tuple[Delivery, ...]]:
        """Return the ARNs of the queues that targets name for what can't be delivered, with those targets."""
        return self._dead_letter_queues

    def organization_of(self, account: str) -> dict[str, str]:
        """Return the condition key that says the organisation of *account*, nothing where it is not known."""
        known = account in self._accounts
        return {"aws:PrincipalOrgID": self.organization} if known and self.organization is not None else {}

    def knows(self, arn: str) -> bool:
        """Return whether templates of the account and Region of *arn* were read, so that what they lack is missing.

        IAM is in no Region: there any template of the account counts.
        """
        parts = arn.split(":", 5)
        if len(parts) != 6 or not is_literal(parts[4]):  # noqa: PLR2004 - an ARN has six parts
            return False
        if not parts[3]:
            return parts[4] in self._accounts
        return (parts[4], parts[3]) in self.environments

    def lacks_bus(self, arn: str) -> bool:
        """Return whether the templates of the account and Region of a bus were read, and none declares it."""
        if not is_known(arn) or arn.split(":", 5)[-1].startswith(_BUSES_OF_OTHERS):
            return False
        return self.knows(arn) and self.bus(arn) is None and not may_be_one_of(arn, self._unnamed["buses"])

    def lacks_role(self, arn: str) -> bool:
        """Return whether templates of the account of a role were read, and none declares it."""
        known = is_known(arn) and self.knows(arn)
        return known and self.role(arn) is None and not may_be_one_of(arn, self._unnamed["roles"])

    def lacks_receiver(self, arn: str) -> bool:
        """Return whether the templates of the account and Region of a queue, topic or function lack it.

        Of a function, an alias or version is enough.
        """
        if service_of(arn) not in _SERVICES_READ or not is_known(without_version(arn)):
            return False
        missing = self.knows(arn) and self.receiver_or_version(arn) is None
        return missing and not may_be_one_of(without_version(arn), self._unnamed["receivers"])

    @cached_property
    def _unnamed(self) -> dict[str, list[str]]:
        """The ARNs of what may turn out to have another name, by kind."""
        kinds: Mapping[str, Iterable[Bus | Role | Receiver]] = {
            "buses": self.buses,
            "roles": self.roles,
            "receivers": self.receivers,
        }
        return {kind: [each.arn for each in elements if not is_known(each.arn)] for kind, elements in kinds.items()}

    @cached_property
    def _policies_somewhere(self) -> list[ResourcePolicy]:
        return [policy for policy in self.policies if not is_known(policy.resource_arn)]

    @cached_property
    def answers(self) -> dict[tuple[object, ...], tuple[object, Any]]:
        """What `once` has found out."""
        return {}

    @cached_property
    def _accounts(self) -> set[str]:
        return {account for account, _ in self.environments}

    @cached_property
    def _buses(self) -> dict[str, Bus]:
        return {bus.arn: bus for bus in self.buses}

    @cached_property
    def _receivers(self) -> dict[str, Receiver]:
        return {receiver.arn: receiver for receiver in self.receivers}

    @cached_property
    def _roles(self) -> dict[str, Role]:
        return {role.arn: role for role in self.roles}

    @cached_property
    def _keys(self) -> dict[str, Key]:
        return {key.arn: key for key in self.keys} | {
            f"{key.arn.rpartition(':')[0]}:{alias}": key for key in self.keys for alias in key.aliases
        }

    @cached_property
    def _keys_by_name(self) -> dict[tuple[str, str, str], Key]:
        return {
            (key.account, key.region, name): key
            for key in self.keys
            for name in (key.arn.partition(":key/")[2], *key.aliases)
        }

    @cached_property
    def _policies(self) -> dict[str, list[ResourcePolicy]]:
        return _grouped((policy.resource_arn, policy) for policy in self.policies)

    @cached_property
    def _rules(self) -> dict[str, list[Rule]]:
        return _grouped((rule.bus_arn, rule) for rule in self.rules)

    @cached_property
    def _rules_somewhere(self) -> list[Rule]:
        return [rule for rule in self.rules if not is_literal(rule.bus_arn)]

    @cached_property
    def _rules_to_somewhere(self) -> list[Rule]:
        undecided = (rule for rule in self.rules if isinstance(rule.targets, Undecided))
        unknown = (each.rule for each in self.deliveries() if not is_known(each.target.arn))
        return [*undecided, *{id(rule): rule for rule in unknown}.values()]

    @cached_property
    def _archives(self) -> dict[str, list[Archive]]:
        return _grouped((archive.bus_arn, archive) for archive in self.archives)

    @cached_property
    def _schemas(self) -> dict[tuple[str | None, str | None], list[RegisteredSchema]]:
        groups: dict[tuple[str | None, str | None], list[RegisteredSchema]] = defaultdict(list)
        for schema in self.schemas:
            groups[schema.source, schema.detail_type].append(schema)
        return dict(groups)

    @cached_property
    def _feeds(self) -> dict[str, list[Feed]]:
        return _grouped((feed.source_arn, feed) for feed in self.feeds)

    @cached_property
    def _publishers(self) -> dict[EventName, list[Bus]]:
        groups: dict[EventName, list[Bus]] = defaultdict(list)
        for bus in self.buses:
            for event in bus.publishes:
                groups[event.name].append(bus)
        return dict(groups)

    @cached_property
    def _moves_to(self) -> dict[str, list[Delivery]]:
        return _grouped((move.target.arn, move) for move in self.moves())

    @cached_property
    def _dead_letter_queues(self) -> dict[str, tuple[Delivery, ...]]:
        arns = ((each.target.dead_letter_arn, each) for each in self.deliveries())
        return {arn: tuple(each) for arn, each in _grouped((arn, each) for arn, each in arns if arn).items()}


def _grouped(pairs: Iterable[tuple[str, _Value]]) -> dict[str, list[_Value]]:
    groups: dict[str, list[_Value]] = defaultdict(list)
    for key, value in pairs:
        groups[key].append(value)
    return dict(groups)
