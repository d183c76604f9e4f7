"""`cdk-eventbridge who can-subscribe`."""

from __future__ import annotations

import typer

from cdk_eventbridge_patterns.access.about_bus import policy_not_read
from cdk_eventbridge_patterns.access.subscribers import RuleThere, Subscribers
from cdk_eventbridge_patterns.cli.answer import AnswerPrinter
from cdk_eventbridge_patterns.cli.asked import Asked
from cdk_eventbridge_patterns.errors import QuestionError
from cdk_eventbridge_patterns.naming.arn import check_account
from cdk_eventbridge_patterns.reports.answer_json import answer_json, rule_entry


def who_can_subscribe(asked: Asked, *, by: str | None, form: str) -> None:
    """Print who may put rules on a bus, and who has some.

    Raises:
        QuestionError: If the bus is one of the newer ones, which have no rules.
        NamingError: If *by* is no account.
    """
    if ":event-bus/" not in asked.bus_arn:
        raise QuestionError(f"BUS must be a classic bus: others have no rules but subscribers, got '{asked.bus_arn}'")
    account = None if by is None else check_account(by, "by")
    subscribers = Subscribers(topology=asked.topology, bus_arn=asked.bus_arn, event=asked.event, account=account)
    unread = policy_not_read(asked.topology, asked.bus_arn)
    notes = [] if unread is None else [f"whom the policy of the bus lets in: {unread.reason}"]
    if form == "json":
        rules = [rule_entry(each) for each in subscribers.rules]
        text = answer_json(
            "can-subscribe", asked.bus_arn, asked.event, subscribers.grants, {"rules": rules, "notKnown": notes}
        )
        typer.echo(text, nl=False)
        return
    printer = AnswerPrinter()
    printer.title(asked.bus_arn, asked.event)
    printer.section("May put rules")
    printer.grants(subscribers.grants)
    printer.section("Rules there now, and whether the bus lets them be put")
    for there in subscribers.rules:
        printer.entry(there.decision, _described(there))
    if not subscribers.rules:
        printer.nobody("none")
    printer.notes(notes)


def _described(there: RuleThere) -> str:
    rule = there.rule
    off = ", switched off" if rule.enabled is False else ""
    return f"rule {rule.name} of account {rule.account}, at {rule.location}{off}"
