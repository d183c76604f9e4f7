"""The metrics of all rules of a bus together."""

from __future__ import annotations

from aws_cdk import Duration
from aws_cdk.aws_cloudwatch import MathExpression

from cdk_eventbridge_patterns.naming.bus_reference import BusAddress
from cdk_eventbridge_patterns.plan.metric_queries import insights_query


class BusMetrics:
    """Metrics of a bus: of all its rules, whoever put them there, those too that come later.

    Each is a query of CloudWatch Metrics Insights, for alarms and graphs in the account and Region of the bus.
    """

    address: BusAddress

    def metric(self, metric_name: str, *, function: str = "SUM", period: Duration | None = None) -> MathExpression:
        """Return a metric of the rules by its name in namespace `AWS/Events`, as one line.

        Args:
            metric_name: The metric, one that rules have.

            function: How all values become one: `SUM`, `MAX`, `MIN`, `AVG` or `COUNT`; a query has no percentiles.
                Default: `SUM`.

            period: Default: 5 minutes.
        """
        return MathExpression(
            expression=insights_query(self.address, function, metric_name),
            label=metric_name,
            period=period or Duration.minutes(5),
        )

    def metric_matched_events(self) -> MathExpression:
        """Return how many events rules matched, each once for each rule."""
        return self.metric("MatchedEvents")

    def metric_invocations(self) -> MathExpression:
        """Return how often targets were invoked, retries left out."""
        return self.metric("Invocations")

    def metric_failed_invocations(self) -> MathExpression:
        """Return how many events could not be delivered for good."""
        return self.metric("FailedInvocations")

    def metric_throttled_rules(self) -> MathExpression:
        """Return how often rules were throttled."""
        return self.metric("ThrottledRules")

    def metric_invocations_sent_to_dead_letter_queue(self) -> MathExpression:
        """Return how many events went to dead-letter queues."""
        return self.metric("InvocationsSentToDlq")

    def metric_invocations_failed_to_be_sent_to_dead_letter_queue(self) -> MathExpression:
        """Return how many events are lost: neither delivered nor in a dead-letter queue."""
        return self.metric("InvocationsFailedToBeSentToDlq")

    def metric_slowest_delivery(self) -> MathExpression:
        """Return the milliseconds from an event's arrival to its delivery, of the one that took longest."""
        return self.metric("IngestionToInvocationSuccessLatency", function="MAX")
