"""A bus that exists, with its policy and archive, as a declaration of ours would say it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from cdk_eventbridge_patterns.access.grantee import GranteeKind, grantees_of
from cdk_eventbridge_patterns.adoption.spelling import called, spelled
from cdk_eventbridge_patterns.topology.bus import Archive
from cdk_eventbridge_patterns.topology.policy_statement import Effect, PolicyStatement
from cdk_eventbridge_patterns.topology.text import like
from cdk_eventbridge_patterns.undecided import Undecided

_PUBLISH, _SUBSCRIBE = "events:putevents", "events:putrule"


@dataclass(frozen=True, kw_only=True)
class Access:
    """Whom a statement lets in, in our words.

    Args:
        publishers: The accounts that may publish.

        consumers: The accounts that may put rules.

        organization: The organisation whose accounts all may put rules. Default: none.

        obstacle: Why ours can't say it. Default: they can.

        undecided: Why nobody can say. Default: one can.
    """

    publishers: tuple[str, ...] = ()
    consumers: tuple[str, ...] = ()
    organization: str | None = None
    obstacle: str | None = None
    undecided: str | None = None


def access_of(statement: PolicyStatement) -> Access:
    """Return whom *statement* lets in."""
    why = statement.undecided or statement.conditional
    grantees = grantees_of(statement)
    kinds = {grantee.kind for grantee in grantees}
    if statement.effect is None or why is not None or GranteeKind.UNKNOWN in kinds:
        return Access(undecided="whom it lets in is known at deployment only" if why is None else why.reason)
    if statement.effect is Effect.DENY:
        return Access(obstacle="it denies, and ours only allow; keep it beside them")
    publishes, subscribes = (_allows(statement, action) for action in (_PUBLISH, _SUBSCRIBE))
    if kinds == {GranteeKind.EVERYONE}:
        return _of_everyone(statement, publishes=publishes)
    if kinds != {GranteeKind.ACCOUNT} or not (publishes or subscribes):
        return Access(obstacle="ours let accounts publish and put rules, and this one something else; keep it beside")
    named = (each.principal.account for each in grantees if each.principal is not None)
    accounts = tuple(sorted({account for account in named if account is not None}))
    return Access(publishers=accounts if publishes else (), consumers=accounts if subscribes else ())


def _of_everyone(statement: PolicyStatement, *, publishes: bool) -> Access:
    organizations = statement.values_of("aws:PrincipalOrgID")
    if len(organizations) != 1:
        return Access(obstacle="it lets everyone in, and ours name accounts or one organisation")
    if publishes:
        return Access(obstacle="it lets an organisation publish, and ours name the accounts that do")
    return Access(organization=organizations[0])


def _allows(statement: PolicyStatement, action: str) -> bool:
    return any(like(each, action) is True for each in statement.lower_actions)


@dataclass(frozen=True, kw_only=True)
class AdmittedConsumer:
    """A consumer as its rules on a bus tell it.

    Args:
        service: The service.

        account: Its account.

        bus_name: The name of its bus, where that is off the convention. Default: it is not.

        rules: Its rules that do not carry its name. Default: all do.
    """

    service: str
    account: str
    bus_name: str | None = None
    rules: tuple[str, ...] = ()

    @property
    def call(self) -> str:
        """The Python that declares it."""
        older = [] if self.bus_name is None else [f"bus_name={spelled(self.bus_name)}"]
        older += [f"adopted_rules={spelled(self.rules)}"] if self.rules else []
        return called("Consumer", [spelled(self.service), spelled(self.account), *older])


@dataclass(kw_only=True)
class Admitted:
    """All whom the policy of a bus lets in, in our words.

    Args:
        publishers: The accounts that publish.

        consumers: The services that subscribe, by account.

        organization: The organisation whose accounts all may. Default: none.
    """

    publishers: set[str] = field(default_factory=set)
    consumers: dict[str, AdmittedConsumer] = field(default_factory=dict)
    organization: str | None = None

    def arguments(self) -> Iterator[str]:
        """Return the arguments of a bus that let them in."""
        if self.publishers:
            yield f"publishers={spelled(sorted(self.publishers))}"
        if self.organization is not None:
            yield f"organization_id={spelled(self.organization)}"
        elif self.consumers:
            yield f"consumers=[{', '.join(self.consumers[account].call for account in sorted(self.consumers))}]"


def is_of_own_account(archive: Archive) -> bool:
    """Return whether *archive* keeps the events of its own account alone, as the CDK's own archives do by default."""
    return archive.event_pattern == {"account": [archive.account]}


def archive_obstacles(archive: Archive, archives: Iterable[Archive]) -> Iterator[str]:
    """Return why no declaration of ours says what *archive*, one of all of its bus, does."""
    if archive.event_pattern is not None and not is_of_own_account(archive):
        yield "it keeps some events, and ours keep all; it stays as it is"
    if archive.key_arn is not None:
        yield "it is encrypted with a key of its own, which ours does not say; it stays as it is"
    if isinstance(archive.retention_days, Undecided):
        yield f"how long it keeps them is known at deployment only: {archive.retention_days.reason}"
    if next(iter(archives)) is not archive:
        yield "its bus has another, and a bus of ours has one; it stays as it is"
