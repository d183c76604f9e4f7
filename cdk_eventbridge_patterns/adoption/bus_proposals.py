"""What our constructs for buses that exist would be, with their policies and archives."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cdk_eventbridge_patterns.adoption.bus_reading import (
    Access,
    Admitted,
    AdmittedConsumer,
    access_of,
    archive_obstacles,
    is_of_own_account,
)
from cdk_eventbridge_patterns.adoption.proposal import Proposal, Verdict
from cdk_eventbridge_patterns.adoption.reading import Reading, adopting, construct_id, stays
from cdk_eventbridge_patterns.adoption.spelling import called, last_of, slug, spelled
from cdk_eventbridge_patterns.naming.resource_kind import ResourceKind
from cdk_eventbridge_patterns.topology.bus import Archive, Bus, BusKind
from cdk_eventbridge_patterns.topology.security import ResourcePolicy
from cdk_eventbridge_patterns.topology.text import is_known, is_literal

_SPLIT = (
    "it becomes a statement for each kind of action, under ids of ours, held to the events of publishes=; those are "
    "put before it is removed, so for that moment the policy needs room for both"
)
_INLINE = (
    "the policy written in the bus itself gives way to statements of their own: whether its removal takes those with "
    "it is not documented, so put them in one deployment, and remove it in the next"
)


class BusProposals:
    """The proposals for one bus.

    Args:
        reading: All that was read.

        bus: The bus.
    """

    def __init__(self, reading: Reading, bus: Bus) -> None:
        self._reading = reading
        self._bus = bus
        self._service = reading.service(bus.arn)
        self._archives = reading.topology.archives_of(bus.arn)
        self._admitted = Admitted()

    def all(self) -> Iterator[Proposal]:
        """Return those for the bus, its statements and its archives."""
        if self._bus.kind is BusKind.V2:
            why = "it is of the newer kind, which our constructs do not make"
            yield stays(Verdict.NOT_EXPRESSIBLE, "event bus", self._bus.name, self._bus, why)
        elif not is_known(self._bus.name):
            why = "its name is known at deployment only"
            yield stays(Verdict.UNDECIDED, "event bus", self._bus.name, self._bus, why)
        else:
            for policy in self._reading.topology.policies_on(self._bus.arn):
                yield from self._of_policy(policy)
            archives = [self._of_archive(archive) for archive in self._archives]
            yield from archives
            yield self._of_bus([each.call for each in archives if each.call is not None])

    def _of_bus(self, archives: list[str]) -> Proposal:
        reading, bus, service = self._reading, self._bus, self._service
        snippet, expected = reading.snippet(bus), reading.naming.bus_name(service)
        published = snippet.use(each for each in reading.carried(bus) if each.service == service)
        if self._archives and not archives:
            archives = ['archive=Disabled("the archive that there is stays as it is")']
        arguments = [
            "stack",
            construct_id(bus.location.logical_id),
            f"service={spelled(service)}",
            *([f"publishes=[{published}]", *self._admitted.arguments()] if published else []),
            *archives,
            *adopting(bus, bus.name, expected=expected),
        ]
        construct = "ProducerBus" if published else "ConsumerBus"
        snippet.add(construct, arguments, variable=f"{slug(service)}_bus")
        changes = tuple(self._changes(published))
        call = called(construct, arguments)
        return reading.named(ResourceKind.BUS, bus.name, bus, expected=expected, call=call, changes=changes)

    def _changes(self, published: str) -> Iterator[str]:
        bus = self._bus
        if bus.name not in self._reading.services and self._reading.naming.fault(ResourceKind.BUS, bus.name):
            yield f"its service is read out of its name, {self._service}; --service says another"
        if published:
            yield f"what is published on it is {published}, as far as rules tell"
        else:
            yield "no rule names an event that its service publishes, so it is taken for one that only receives"
        set_apart = {
            "KmsKeyIdentifier": bus.key_arn,
            "DeadLetterConfig": bus.dead_letter_arn,
            "LogConfig": bus.log_level,
        }
        yield from (f"{name} goes, unless it is set on cfn_event_bus" for name, value in set_apart.items() if value)
        if any(each.resource_type == "AWS::Events::EventBus" for each in self._reading.topology.policies_on(bus.arn)):
            yield _INLINE
        if not self._archives:
            yield "an archive of 30 days is added"

    def _of_policy(self, policy: ResourcePolicy) -> Iterator[Proposal]:
        for statement in policy.statements:
            name, access = policy.id or statement.sid or policy.location.logical_id, access_of(statement)
            consumers = {account: self._consumer(account) for account in access.consumers}
            unknown = sorted(account for account, consumer in consumers.items() if consumer is None)
            if access.obstacle is not None:
                yield stays(Verdict.NOT_EXPRESSIBLE, "statement", name, policy, access.obstacle)
            elif access.undecided is not None:
                yield stays(Verdict.UNDECIDED, "statement", name, policy, access.undecided)
            elif unknown:
                why = f"which service of account {', '.join(unknown)} subscribes is in no rule that was read"
                yield stays(Verdict.UNDECIDED, "statement", name, policy, f"{why}; keep it beside ours until you know")
            else:
                self._admit(access, filter(None, consumers.values()))
                yield Proposal(
                    verdict=Verdict.TAKEN_OVER,
                    kind="statement",
                    name=name,
                    location=policy.location,
                    changes=(_SPLIT,),
                )

    def _admit(self, access: Access, consumers: Iterable[AdmittedConsumer]) -> None:
        self._admitted.publishers |= {*access.publishers} - {self._bus.account}
        self._admitted.consumers |= {consumer.account: consumer for consumer in consumers}
        self._admitted.organization = self._admitted.organization or access.organization

    def _consumer(self, account: str) -> AdmittedConsumer | None:
        """Return the service of *account* that takes events of the bus over to its own; nothing where none was read."""
        rules = [rule for rule in self._reading.topology.rules_on(self._bus.arn) if rule.account == account]
        arns = [target.arn for rule in rules for target in rule.known_targets if target.is_bus]
        if not arns:
            return None
        naming, service, bus_name = self._reading.naming, self._reading.service(arns[0]), last_of(arns[0])
        prefix = naming.rule_name_prefix(service)
        return AdmittedConsumer(
            service=service,
            account=account,
            bus_name=bus_name if is_literal(bus_name) and bus_name != naming.bus_name(service) else None,
            rules=tuple(
                sorted(each.name for each in rules if not each.name.startswith(prefix) and is_literal(each.name))
            ),
        )

    def _of_archive(self, archive: Archive) -> Proposal:
        reasons = tuple(archive_obstacles(archive, self._archives))
        if reasons:
            return stays(Verdict.NOT_EXPRESSIBLE, "archive", archive.name, archive, *reasons)
        expected = self._reading.naming.archive_name(self._service)
        arguments = [
            f"retention_days={archive.retention_days or None}",
            *adopting(archive, archive.name, expected=expected),
        ]
        wider = "it keeps what other accounts publish, too, and not its own account's events alone"
        return self._reading.named(
            ResourceKind.ARCHIVE,
            archive.name,
            archive,
            expected=expected,
            call="archive=" + called("ArchiveSettings", arguments),
            changes=(wider,) if is_of_own_account(archive) else (),
        )
