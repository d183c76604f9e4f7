"""What the pages of a catalogue say, in any format."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from cdk_eventbridge_patterns.access.actions import PUT_EVENTS, PUT_RULE, PUT_TARGETS, is_about
from cdk_eventbridge_patterns.access.grant import Way
from cdk_eventbridge_patterns.catalog.directory import Directory
from cdk_eventbridge_patterns.catalog.entries import (
    BusEntry,
    Consumption,
    EventEntry,
    Publication,
    Receipt,
    ServiceEntry,
)
from cdk_eventbridge_patterns.catalog.markup import Markup
from cdk_eventbridge_patterns.catalog.participant import ParticipantKind
from cdk_eventbridge_patterns.reports.answer_words import listed
from cdk_eventbridge_patterns.reports.called import called
from cdk_eventbridge_patterns.topology.policy_statement import Effect, PolicyStatement
from cdk_eventbridge_patterns.undecided import Undecided, in_a_word

_KINDS = {
    ParticipantKind.SERVICE: "A service.",
    ParticipantKind.STACK: "Called by its stack: no stamp says which service it is.",
    ParticipantKind.ACCOUNT: "An account of which no template was read, or none that makes what receives.",
    ParticipantKind.AWS: "A service of AWS. It publishes on the default bus of each account.",
}

_DOING = {PUT_EVENTS: "publish", PUT_RULE: "put rules", PUT_TARGETS: "set their targets"}
_MAY = {Effect.ALLOW: "may", Effect.DENY: "may not"}


class Pages:
    """The pages.

    Args:
        markup: How they are written.

        directory: What is listed.
    """

    def __init__(self, markup: Markup, directory: Directory) -> None:
        self._markup = markup
        self._events = {each.title: each for each in directory.events}

    def service(self, entry: ServiceEntry) -> list[str]:
        """Return the paragraphs of a service's page."""
        return [
            _KINDS[entry.participant.kind],
            *self._list(self._facts_of_service(entry)),
            *self._section("Publishes", [self._published(each) for each in entry.publishes]),
            *self._section("Receives", [self._received(each) for each in entry.consumes]),
            *self._section(
                "Declared, and published by nobody who was read",
                [f"- {self._markup.code(str(name))}" for name in entry.unread],
            ),
        ]

    def event(self, entry: EventEntry) -> list[str]:
        """Return the paragraphs of an event's page."""
        if not entry.publications:
            return ["A registry holds a schema of it. No bus declares it and no rule asks for it."]
        paragraphs = [f"> {self._markup.text(each)}" for each in entry.descriptions]
        if not entry.declared:
            paragraphs.append("Asked for, declared by nobody: the event patterns of rules name it.")
        for publication in entry.publications:
            paragraphs += [f"## On {self._markup.bus(publication.bus_arn)}", *self._publication(publication)]
        return paragraphs

    def bus(self, entry: BusEntry) -> list[str]:
        """Return the paragraphs of a bus's page."""
        made = [] if entry.bus is not None else ["No template that was read makes it; rules are on it or lead to it."]
        return [
            *made,
            *self._list(self._facts_of_bus(entry)),
            *self._section("Events", [self._on_bus(each) for each in entry.publications]),
            *self._section(
                "What its policy says",
                [line for each in entry.statements if (line := self._statement(each)) is not None],
            ),
            *self._section(
                "Rules of which nobody can list what they take",
                [f"- {self._markup.code(each.rule.name)}: {self._markup.text(each.reason)}" for each in entry.unlisted],
            ),
        ]

    def _facts_of_service(self, entry: ServiceEntry) -> Iterator[tuple[str, str]]:
        text, code = self._markup.text, self._markup.code
        if entry.owners:
            yield "Owner", ", ".join(map(text, entry.owners))
        if entry.places:
            yield "Accounts", ", ".join(f"{code(account)} in {code(region)}" for account, region in entry.places)
        if entry.bus_arns:
            yield "Buses", ", ".join(map(self._markup.bus, entry.bus_arns))

    def _facts_of_bus(self, entry: BusEntry) -> Iterator[tuple[str, str]]:
        code = self._markup.code
        yield "ARN", code(entry.arn)
        yield "Account", f"{code(entry.account)} in {code(entry.region)}"
        if entry.owner.kind is not ParticipantKind.ACCOUNT:
            yield "Owner", self._markup.service(entry.owner)
        if entry.bus is not None:
            yield "Encrypted with", "a key of AWS's" if entry.bus.key_arn is None else code(entry.bus.key_arn)
            if isinstance(entry.bus.conditional, Undecided):
                yield "Made", f"perhaps: {self._markup.text(entry.bus.conditional.reason)}"

    def _facts_of_publication(self, publication: Publication) -> Iterator[tuple[str, str]]:
        text, code, stamp = self._markup.text, self._markup.code, publication.stamp
        yield "Source", "any" if publication.source is None else code(publication.source)
        yield "Detail-type", "any" if publication.detail_type is None else code(publication.detail_type)
        if publication.publisher is not None:
            yield "Published by", self._markup.service(publication.publisher)
        elif stamp is None:
            yield "Published by", "nobody who says so"
        if stamp is not None:
            yield "Data class", text(stamp.data_class)
            if stamp.owner is not None:
                yield "Owner", text(stamp.owner)
            if stamp.sensitive:
                yield "Sensitive fields", ", ".join(map(code, stamp.sensitive))
        if publication.asked_by:
            yield "Asked for by", ", ".join(f"rule {code(rule.name)}" for rule in publication.asked_by)
        for schema in publication.schemas:
            about = f": {text(schema.schema.reason)}" if isinstance(schema.schema, Undecided) else ""
            yield "Schema", f"{code(schema.name)} in registry {code(schema.registry)}{about}"

    def _publication(self, publication: Publication) -> list[str]:
        received = [line for each in publication.receipts for line in self._receipt(each)]
        return [
            *self._list(self._facts_of_publication(publication)),
            *(["Who receives it:", _lines(received)] if received else ["Nobody receives it."]),
        ]

    def _published(self, publication: Publication) -> str:
        consumers = ", ".join(map(self._markup.service, publication.consumers)) or "nobody"
        event = self._markup.event(self._events[publication.event])
        return f"- {event} on {self._markup.bus(publication.bus_arn)}, received by {consumers}"

    def _on_bus(self, publication: Publication) -> str:
        consumers = ", ".join(map(self._markup.service, publication.consumers)) or "nobody"
        event = self._markup.event(self._events[publication.event])
        declared = "" if publication.declared else " (asked for, declared by nobody)"
        return f"- {event}{declared}, received by {consumers}"

    def _received(self, consumption: Consumption) -> str:
        event = self._markup.event(self._events[consumption.publication.event])
        targets = [f"  {line}" for each in consumption.receipts for line in self._receipt(each, named=False)]
        return _lines([f"- {event} from {self._markup.bus(consumption.publication.bus_arn)}", *targets])

    def _receipt(self, receipt: Receipt, *, named: bool = True) -> list[str]:
        """Return whether somebody receives an event, where and by which rules; and why, where it is not a plain yes."""
        who = f"{self._markup.service(receipt.consumer)}: " if named else ""
        target = self._markup.code(called(receipt.target_arn))
        rules = ", then ".join(
            f"rule {self._markup.code(rule.name)} on {self._markup.bus(rule.bus_arn)}" for rule in receipt.rules
        )
        fed = "".join(f"; feeds {self._markup.code(called(arn))}" for arn in receipt.fed_from)
        declared = "" if receipt.declared else "; nobody declared it"
        why = [] if receipt.arrives is True or receipt.reason is None else [f"  - {self._markup.text(receipt.reason)}"]
        return [f"- {who}**{in_a_word(receipt.arrives)}**, at {target}, by {rules}{fed}{declared}", *why]

    def _statement(self, statement: PolicyStatement) -> str | None:
        """Return who may, or may not, publish or put rules by a statement, nothing where it is about neither."""
        actions = tuple(action for action in _DOING if is_about(statement, action) is not False)
        if not actions:
            return None
        way = Way(statement=statement, actions=actions)
        who = ", ".join(map(self._markup.text, way.names))
        held = "".join(f"\n  - {self._markup.text(said)}" for said in way.held_to)
        may = _MAY[statement.effect] if isinstance(statement.effect, Effect) else "perhaps may"
        return f"- {who} {may} {listed([_DOING[action] for action in actions])}{held}"

    @staticmethod
    def _list(facts: Iterable[tuple[str, str]]) -> list[str]:
        found = [f"- {name}: {value}" for name, value in facts]
        return [_lines(found)] if found else []

    @staticmethod
    def _section(title: str, lines: Sequence[str]) -> list[str]:
        return [f"## {title}", _lines(lines)] if lines else []


def _lines(lines: Iterable[str]) -> str:
    return "\n".join(lines)
