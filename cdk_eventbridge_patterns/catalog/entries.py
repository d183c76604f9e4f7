"""What a directory lists, as plain data."""

from __future__ import annotations

from dataclasses import dataclass

from cdk_eventbridge_patterns.catalog.participant import Participant
from cdk_eventbridge_patterns.contracts.event_name import EventName
from cdk_eventbridge_patterns.topology.bus import Bus
from cdk_eventbridge_patterns.topology.policy_statement import PolicyStatement
from cdk_eventbridge_patterns.topology.registered_schema import RegisteredSchema
from cdk_eventbridge_patterns.topology.rule import Rule
from cdk_eventbridge_patterns.topology.stamp import EventStamp
from cdk_eventbridge_patterns.topology.text import account_of, bus_name_of, region_of
from cdk_eventbridge_patterns.undecided import Answer, Undecided, any_of


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """That somebody receives an event at a target, does not, or may.

    Args:
        consumer: Who.

        target_arn: The target of the last rule.

        rules: The rules that lead to it; all but the last move the event to another bus.

        arrives: Whether some event of the contract does.

        reason: Why not, or why nobody can say. Default: it arrives.

        declared: Whether the last rule is declared for the event. Default: nobody declared it.

        fed_from: The ARNs of what gets on what the target receives. Default: nothing does.
    """

    consumer: Participant
    target_arn: str
    rules: tuple[Rule, ...]
    arrives: Answer
    reason: str | None = None
    declared: bool = False
    fed_from: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Publication:
    """An event on one bus: of an event that several stages publish, there is one for each.

    Args:
        event: What the event is called: the `title` of its `EventEntry`.

        bus_arn: The bus.

        name: The service, the event and its version. Default: nobody who was read says it.

        source: The source it has there. Default: rules ask for it whatever its source.

        detail_type: The detail-type it has there. Default: likewise.

        stamp: What its producer declares of it there. Default: nobody declares it; rules ask for it.

        publisher: Who publishes it, as its producer says, else its consumers. Default: nobody says.

        schemas: The schemas that registries of the account hold of it.

        receipts: Who receives it from there.

        asked_by: The rules that ask for it, where nobody declares it.
    """

    event: str
    bus_arn: str
    name: EventName | None = None
    source: str | None = None
    detail_type: str | None = None
    stamp: EventStamp | None = None
    publisher: Participant | None = None
    schemas: tuple[RegisteredSchema, ...] = ()
    receipts: tuple[Receipt, ...] = ()
    asked_by: tuple[Rule, ...] = ()

    @property
    def declared(self) -> bool:
        """Whether its producer declares it, or an AWS service publishes it that a rule is declared for."""
        return self.stamp is not None

    @property
    def description(self) -> str | None:
        """What a registry says of it in a sentence, nothing where none does."""
        known = (each.schema.schema for each in self.schemas if not isinstance(each.schema, Undecided))
        return next((said for each in known if isinstance(said := each.get("description"), str)), None)

    @property
    def consumers(self) -> tuple[Participant, ...]:
        """Who receives it or may, in order."""
        return tuple(sorted({each.consumer for each in self.receipts if each.arrives is not False}))


@dataclass(frozen=True, kw_only=True)
class EventEntry:
    """An event, with each bus that it is on.

    Args:
        title: What it is called, for people, unlike all others: `orders/OrderPlaced.v1`; of one without such a name,
            `OrderPlaced of com.acme.orders`.

        name: The service, the event and its version. Default: nobody who was read says it.

        publications: Where it is published, sorted by bus; where nobody declares it, where rules ask for it. Empty
            where only a registry holds a schema of it.

        registered: The schemas of it that no publication has: those of a registry in another account.
    """

    title: str
    name: EventName | None = None
    publications: tuple[Publication, ...] = ()
    registered: tuple[RegisteredSchema, ...] = ()

    @property
    def declared(self) -> bool:
        """Whether somebody declares it on some bus."""
        return any(each.declared for each in self.publications)

    @property
    def descriptions(self) -> tuple[str, ...]:
        """What registries say of it, each sentence once."""
        return tuple(dict.fromkeys(each.description for each in self.publications if each.description is not None))

    @property
    def stamps(self) -> tuple[EventStamp, ...]:
        """What is declared of it, on each bus: stages may differ."""
        return tuple(each.stamp for each in self.publications if each.stamp is not None)

    @property
    def owners(self) -> tuple[str, ...]:
        """The teams that answer for it, sorted: stages may differ."""
        return tuple(sorted({each.owner for each in self.stamps if each.owner is not None}))

    @property
    def schemas(self) -> tuple[RegisteredSchema, ...]:
        """All schemas of it."""
        return (*(schema for each in self.publications for schema in each.schemas), *self.registered)

    @property
    def publishers(self) -> tuple[Participant, ...]:
        """Who publishes it, none where nobody says."""
        return tuple(sorted({each.publisher for each in self.publications if each.publisher is not None}))

    @property
    def consumers(self) -> tuple[Participant, ...]:
        """Who receives it or may, from any bus."""
        return tuple(sorted({consumer for each in self.publications for consumer in each.consumers}))


@dataclass(frozen=True, kw_only=True)
class Consumption:
    """That somebody receives an event from a bus, at one target or several.

    Args:
        publication: The event on that bus.

        receipts: The targets.
    """

    publication: Publication
    receipts: tuple[Receipt, ...]

    @property
    def arrives(self) -> Answer:
        """Whether one of the targets gets it."""
        return any_of(each.arrives for each in self.receipts)

    @property
    def declared(self) -> bool:
        """Whether a rule is declared for it."""
        return any(each.declared for each in self.receipts)


@dataclass(frozen=True, kw_only=True)
class ServiceEntry:
    """Who publishes or receives, with all of it.

    Args:
        participant: Who.

        owners: The teams that stamps name, sorted: stages may differ.

        places: The accounts and Regions it has buses, rules or targets in, sorted.

        bus_arns: Its buses, sorted.

        publishes: The events it publishes, on each bus.

        consumes: The events it receives, from each bus; also what is declared and does not arrive.

        unread: The events its rules are declared for that nobody publishes who was read.
    """

    participant: Participant
    owners: tuple[str, ...] = ()
    places: tuple[tuple[str, str], ...] = ()
    bus_arns: tuple[str, ...] = ()
    publishes: tuple[Publication, ...] = ()
    consumes: tuple[Consumption, ...] = ()
    unread: tuple[EventName, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Unlisted:
    """A rule that takes events which nobody can list, or none, and why."""

    rule: Rule
    reason: str


@dataclass(frozen=True, kw_only=True)
class BusEntry:
    """A bus, as the channel that events are on.

    Args:
        arn: Its ARN.

        owner: Whose it is.

        bus: What a template says of it. Default: no template that was read makes it, but rules are on it or bring
            events there.

        publications: The events on it, declared first.

        unlisted: The rules on it that ask for more than can be listed, or for nothing.

        statements: The statements of its policy.
    """

    arn: str
    owner: Participant
    bus: Bus | None = None
    publications: tuple[Publication, ...] = ()
    unlisted: tuple[Unlisted, ...] = ()
    statements: tuple[PolicyStatement, ...] = ()

    @property
    def name(self) -> str:
        """Its name."""
        return bus_name_of(self.arn) if self.bus is None else self.bus.name

    @property
    def account(self) -> str:
        """Its account."""
        return account_of(self.arn)

    @property
    def region(self) -> str:
        """Its Region."""
        return region_of(self.arn)
