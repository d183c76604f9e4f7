"""The metrics of one rule, with the dimensions they really have."""

from __future__ import annotations

from aws_cdk import Duration
from aws_cdk.aws_cloudwatch import Metric

from cdk_eventbridge_patterns.naming.bus_reference import BusAddress


class RuleMetrics:
    """Metrics of a rule.

    On a custom bus they have two dimensions, `EventBusName` and `RuleName`; the CDK's own rule metrics have the second
    only and so stay empty. On the default bus they have the second only.

    They appear in the account and Region of the bus: for a subscription that is the producer's account, which must
    share them (derived from whose the rule is, not verified). Most series exist only while they are above zero.
    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-monitoring.html
    """

    rule_name: str
    _rule_bus: BusAddress

    def metric(self, metric_name: str, *, statistic: str = "Sum", period: Duration | None = None) -> Metric:
        """Return a metric of the rule by its name in namespace `AWS/Events`; the period is 5 minutes by default."""
        bus = self._rule_bus
        of_bus = {} if bus.is_default else {"EventBusName": bus.name}
        return Metric(
            namespace="AWS/Events",
            metric_name=metric_name,
            dimensions_map={**of_bus, "RuleName": self.rule_name},
            statistic=statistic,
            period=period or Duration.minutes(5),
            account=bus.account,
            region=bus.region,
        )

    def metric_matched_events(self) -> Metric:
        """Return how many events the rule matched."""
        return self.metric("MatchedEvents")

    def metric_invocations(self) -> Metric:
        """Return how often the rule's target was invoked, retries left out."""
        return self.metric("Invocations")

    def metric_failed_invocations(self) -> Metric:
        """Return how many events could not be delivered for good."""
        return self.metric("FailedInvocations")

    def metric_throttled_rules(self) -> Metric:
        """Return how often the rule was throttled."""
        return self.metric("ThrottledRules")

    def metric_invocations_sent_to_dead_letter_queue(self) -> Metric:
        """Return how many events went to the dead-letter queue."""
        return self.metric("InvocationsSentToDlq")

    def metric_invocations_failed_to_be_sent_to_dead_letter_queue(self) -> Metric:
        """Return how many events are lost: neither delivered nor in the dead-letter queue."""
        return self.metric("InvocationsFailedToBeSentToDlq")

    def metric_ingestion_to_invocation_start_latency(self) -> Metric:
        """Return the milliseconds from the event's arrival to the first attempt, the 99th percentile."""
        return self.metric("IngestiontoInvocationStartLatency", statistic="p99")
