"""What a rule that delivers by a role says of itself and of the event, to whoever lets the role in.

AWS has examples of policies that ask for `aws:SourceArn` of the rule, without a word on roles; whether what a rule
delivers has `events:source` and `events:detail-type` is not documented either. So each is asked about both ways: a
policy that answers the same whether they are there or not, as one with `IfExists` does, is decided.
https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-bus-example-policy-restrict-rule.html
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import product

from cdk_eventbridge_patterns.access.evaluation import Decision, agreed
from cdk_eventbridge_patterns.access.request import ContextValue
from cdk_eventbridge_patterns.topology.rule import Rule
from cdk_eventbridge_patterns.topology.text import account_of, is_known
from cdk_eventbridge_patterns.undecided import Undecided

Context = Mapping[str, ContextValue]

_UNSAID = (
    "whether what a rule delivers by a role has events:source and events:detail-type, and names the rule in "
    "aws:SourceArn, is not documented"
)


def on_behalf_of(rule: Rule) -> Context:
    """Return the condition keys by which EventBridge says for which rule it asks.

    https://docs.aws.amazon.com/eventbridge/latest/userguide/cross-service-confused-deputy-prevention.html
    """
    return {"aws:SourceArn": rule.arn, "aws:SourceAccount": account_of(rule.arn)}


def however_it_is_said(rule: Rule, decide: Callable[[Context], Decision]) -> Decision:
    """Return what *decide* says to a delivery of *rule*, if it is the same whatever the delivery says of itself."""
    return agreed((decide(context) for context in _contexts(rule)), _UNSAID)


def _contexts(rule: Rule) -> Iterator[Context]:
    """Return all that a delivery may say: for certain of the rule and each event it takes, or nothing."""
    events = [
        {"events:source": source, "events:detail-type": detail_type}
        for source, detail_type in product(_taken(rule, "source"), _taken(rule, "detail-type"))
    ]
    nothing: Context = {}
    for about_rule, about_event in product((on_behalf_of(rule), nothing), (*events, nothing)):
        yield {**about_rule, **about_event}


def _taken(rule: Rule, field: str) -> list[ContextValue]:
    """Return the values of *field* that the event pattern lets through, where it names them one by one."""
    written = rule.event_pattern.get(field) if isinstance(rule.event_pattern, Mapping) else None
    if isinstance(written, list) and written and all(isinstance(each, str) and is_known(each) for each in written):
        return list(written)
    return [Undecided(f"which {field} an event has that a rule delivers is not known")]
