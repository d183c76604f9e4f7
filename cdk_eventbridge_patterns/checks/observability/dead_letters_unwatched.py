"""OBS001."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cdk_eventbridge_patterns.checks.check import TopologyCheck
from cdk_eventbridge_patterns.checks.finding import Finding, Severity
from cdk_eventbridge_patterns.checks.observability.watchers import Measured, Watchers
from cdk_eventbridge_patterns.topology.bus import BusKind
from cdk_eventbridge_patterns.topology.receiver import Receiver
from cdk_eventbridge_patterns.topology.rule import Rule
from cdk_eventbridge_patterns.topology.topology import Topology
from cdk_eventbridge_patterns.undecided import Answer, Undecided, all_of, any_of

# Each goes up when something is sent to the queue, and EventBridge sends as anyone does. (What SQS itself moves there
# is not counted as sent.)
_OF_QUEUE = ("ApproximateNumberOfMessagesVisible", "ApproximateAgeOfOldestMessage", "NumberOfMessagesSent")
_OF_RULE = ("InvocationsSentToDlq",)

_ELSEWHERE = Undecided(
    "whether the metrics of a rule on another account's bus are seen in the account that made it is not documented"
)


class DeadLettersUnwatched(TopologyCheck):
    """A dead-letter queue that no alarm watches.

    ## Why this matters
    Events that could not be delivered wait there, and are deleted when the queue's retention is over. Nobody learns of
    it. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html

    ## Avoid
        sqs.Queue(self, "Lost")  # named in DeadLetterConfig, and nothing else

    ## Prefer
        DeadLetterQueue(self, "Lost", service="billing")  # has an alarm
        lost.metric_approximate_number_of_messages_visible().create_alarm(…)  # for a queue of one's own

    ## What it misses
    When the alarm goes off, and whom it tells. Queues that no template at hand makes. What is watched by other means
    than a CloudWatch alarm. An alarm on InvocationsFailedToBeSentToDlq does not count: it tells of what never got to
    the queue. Nor does one on what all rules of a bus send to queues together: it tells that something went to one of
    them, to whoever owns the bus.

    ## When to acknowledge it
    Another tool watches the queue. Our constructs take `alarm=Disabled(reason)` and stamp it, which counts.
    """

    id = "OBS001"
    severity = Severity.WARNING
    fix = "add an alarm on ApproximateNumberOfMessagesVisible in AWS/SQS for the queue's name; our constructs make one"

    def findings(self, topology: Topology) -> Iterator[Finding]:
        """Return the dead-letter queues of rules and buses that nobody watches."""
        watchers = Watchers(topology)
        for queue, rules in _dead_letter_queues(topology):
            if queue.stamp is not None and "alarm" in queue.stamp.disabled:
                continue
            answer = any_of([watchers.watch(_messages_of(queue)), _all_watched(watchers, rules)])
            if isinstance(answer, Undecided):
                yield self.undecided(
                    queue.location, f"whether an alarm watches dead-letter queue {queue.name!r}", answer
                )
            elif not answer:
                yield self.finding(queue.location, f"dead-letter queue {queue.name!r} is watched by no alarm")


def _dead_letter_queues(topology: Topology) -> Iterator[tuple[Receiver, Sequence[Rule]]]:
    """Return the queues that a template makes, each with the rules whose metrics tell all that is sent there, if any.

    Those of buses do not, nor do the subscribers of the newer bus.
    """
    of_rules = topology.dead_letter_queues()
    of_buses = {bus.dead_letter_arn for bus in topology.buses if bus.dead_letter_arn is not None}
    for arn in dict.fromkeys([*of_rules, *sorted(of_buses)]):
        queue, rules = topology.receiver(arn), [each.rule for each in of_rules.get(arn, ())]
        told_by_rules = arn not in of_buses and all(rule.kind is BusKind.CLASSIC for rule in rules)
        if queue is not None and queue.is_queue:
            yield queue, rules if told_by_rules else []


def _messages_of(queue: Receiver) -> Measured:
    return Measured(
        namespace="AWS/SQS",
        metrics=_OF_QUEUE,
        dimensions={"QueueName": queue.name},
        account=queue.account,
        region=queue.region,
    )


def _all_watched(watchers: Watchers, rules: Sequence[Rule]) -> Answer:
    return all_of(_is_watched(watchers, rule) for rule in rules) if rules else False


def _is_watched(watchers: Watchers, rule: Rule) -> Answer:
    """Return whether an alarm watches what a rule sends to dead-letter queues: its metrics are where the bus is."""
    of_rule = {"RuleName": rule.name}
    dimensions = of_rule if rule.bus_name == "default" else {**of_rule, "EventBusName": rule.bus_name}
    here, there = (
        watchers.watch(
            Measured(
                namespace="AWS/Events",
                metrics=_OF_RULE,
                dimensions=dimensions,
                account=account,
                region=rule.bus_region,
                by_itself=True,
            )
        )
        for account in (rule.bus_account, rule.account)
    )
    return any_of([here, all_of([there, _ELSEWHERE])])
