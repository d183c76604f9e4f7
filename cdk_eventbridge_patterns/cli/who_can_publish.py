"""`cdk-eventbridge who can-publish`."""

from __future__ import annotations

from collections.abc import Iterator

import typer

from cdk_eventbridge_patterns.access.about_bus import policy_not_read
from cdk_eventbridge_patterns.access.carriers import Carrier, carriers_to
from cdk_eventbridge_patterns.access.evaluation import Decision
from cdk_eventbridge_patterns.access.publishers import Publishers
from cdk_eventbridge_patterns.cli.answer import AnswerPrinter
from cdk_eventbridge_patterns.cli.asked import Asked
from cdk_eventbridge_patterns.reports.answer_json import answer_json, carrier_entry
from cdk_eventbridge_patterns.undecided import Undecided


def who_can_publish(asked: Asked, *, form: str) -> None:
    """Print who may publish on a bus, and what brings events there."""
    publishers = Publishers(topology=asked.topology, bus_arn=asked.bus_arn, event=asked.event)
    carriers = carriers_to(asked.topology, asked.bus_arn, asked.event)
    notes = list(_not_known(publishers))
    if form == "json":
        brought = [carrier_entry(each) for each in carriers]
        text = answer_json(
            "can-publish", asked.bus_arn, asked.event, publishers.grants, {"carriers": brought, "notKnown": notes}
        )
        typer.echo(text, nl=False)
        return
    printer = AnswerPrinter()
    printer.title(asked.bus_arn, asked.event)
    printer.section("May publish")
    printer.grants(publishers.grants)
    printer.section("Brought by rules of other buses")
    for carrier in carriers:
        printer.entry(_carried(carrier), _described(carrier))
    if not carriers:
        printer.nobody("none")
    printer.notes(notes)


def _carried(carrier: Carrier) -> Decision:
    """Return whether events come by a rule: it is let in, and it takes what is asked about."""
    if carrier.decision.answer is True and isinstance(carrier.takes, Undecided):
        return Decision.unknown(carrier.takes)
    return carrier.decision


def _described(carrier: Carrier) -> str:
    rule, target = carrier.move.rule, carrier.move.target
    role = "without a role" if target.role_arn is None else f"by {target.role_arn}"
    return f"rule {rule.name} of bus {rule.bus_name} of account {rule.bus_account}, {role}"


def _not_known(publishers: Publishers) -> Iterator[str]:
    unread = policy_not_read(publishers.topology, publishers.bus_arn)
    if unread is not None:
        yield f"whom the policy of the bus lets in: {unread.reason}"
    for role in publishers.roles_not_read:
        yield f"what policy {role.unread[0]} lets role {role.arn} do: no template holds it"
