"""DLV014."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from cdk_eventbridge_patterns.checks.check import TopologyCheck
from cdk_eventbridge_patterns.checks.finding import Finding, Severity
from cdk_eventbridge_patterns.checks.topology.overlap import may_share_events
from cdk_eventbridge_patterns.errors import EventPatternError
from cdk_eventbridge_patterns.matching import EventPattern
from cdk_eventbridge_patterns.topology.bus import Archive
from cdk_eventbridge_patterns.topology.rule import Rule, Target
from cdk_eventbridge_patterns.topology.topology import Topology
from cdk_eventbridge_patterns.undecided import Answer, Undecided, any_of

_REPLAY = "replay-name"


class ReplayActsOutside(TopologyCheck):
    """A topic or an API that a replay calls a second time.

    ## Why this matters
    A replay brings archived events to every rule of the bus that it does not name others for. What keeps events takes
    them twice, and a function can know them by their idempotency key; a topic sends the mail, and an API of others
    does the deed, once more. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-replay-archived-event.html

    ## Avoid
        events.Rule(…, event_pattern={"source": ["com.acme.orders"]}, targets=[targets.SnsTopic(customers)])

    ## Prefer
        "EventPattern": {"source": ["com.acme.orders"], "replay-name": [{"exists": false}]}
        bus.deliver(ORDER_PLACED, to=customers)  # leaves replays out
        bus.deliver(ORDER_PLACED, to=customers, replays=True)  # says that it wants them

    ## What it misses
    Functions, state machines and queues whose readers act outside. What a replay on a producer's bus brings by a
    subscription: whether a moved event is still a replayed one is not documented. A replay whose caller names the
    rules for it, which then reaches no other. Archives that no template at hand makes.

    ## When to acknowledge it
    Whoever listens knows an event that comes again, or every replay names the rules it is for.
    """

    id = "DLV014"
    severity = Severity.WARNING
    fix = 'ask for "replay-name": [{"exists": false}] in the event pattern, or say replays=True in our constructs'

    def findings(self, topology: Topology) -> Iterator[Finding]:
        """Return the rules whose targets act outside, and which replays of their bus reach."""
        for delivery in topology.deliveries():
            rule, target = delivery.rule, delivery.target
            if not _acts_outside(target) or _speaks_of_replays(rule):
                continue
            reached = any_of(_may_bring(archive, rule) for archive in topology.archives_of(rule.bus_arn))
            place = rule.location.at("EventPattern")
            if isinstance(reached, Undecided):
                yield self.undecided(
                    place, f"whether replays reach target {target.id!r} of rule {rule.name!r}", reached
                )
            elif reached:
                yield self.finding(
                    place, f"a replay reaches target {target.id!r} of rule {rule.name!r}, which acts outside, again"
                )


def _acts_outside(target: Target) -> bool:
    return target.service == "sns" or (target.service == "events" and ":api-destination/" in target.arn)


def _speaks_of_replays(rule: Rule) -> bool:
    """Return whether somebody thought of replays, and left them out or wants them."""
    if rule.stamp is not None and rule.stamp.replays:
        return True
    if not isinstance(rule.event_pattern, Mapping):
        return False
    try:
        alternatives = EventPattern.parse(rule.event_pattern, longest=None).alternatives
    except EventPatternError:
        return _REPLAY in rule.event_pattern
    return all(_REPLAY in alternative for alternative in alternatives)


def _may_bring(archive: Archive, rule: Rule) -> Answer:
    """Return whether an archive may keep what *rule* takes."""
    if archive.event_pattern is None:
        return isinstance(rule.event_pattern, Undecided) or rule.event_pattern is not None
    return may_share_events(rule, archive)
