"""How metrics of a bus are asked for, whoever has put the rules there.

Metrics of EventBridge are a rule's: those of a custom bus have two dimensions, `EventBusName` and `RuleName`, those of
the default bus just the second. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-monitoring.html
"""

from __future__ import annotations

from cdk_eventbridge_patterns.naming.bus_reference import BusAddress

NAMESPACE = "AWS/Events"
FIVE_MINUTES = 300


def insights_query(bus: BusAddress, function: str, metric: str) -> str:
    """Return the CloudWatch Metrics Insights query of *metric* over all rules of *bus*, for alarms.

    https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-metrics-insights-querylanguage.html
    """
    if bus.is_default:
        return f'SELECT {function}({metric}) FROM SCHEMA("{NAMESPACE}", RuleName)'  # noqa: S608 - not SQL
    schema = f'SCHEMA("{NAMESPACE}", EventBusName, RuleName)'
    return f"SELECT {function}({metric}) FROM {schema} WHERE EventBusName = '{bus.name}'"  # noqa: S608 - likewise


def search(bus: BusAddress, metric: str, statistic: str) -> str:
    """Return the search expression of *metric*, one series for each rule of *bus*, for dashboards.

    Unlike a query it takes percentiles, and reaches back as far as metrics are kept; alarms take no search.
    https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/search-expression-syntax.html
    """
    dimensions = "RuleName" if bus.is_default else "EventBusName,RuleName"
    of_bus = "" if bus.is_default else f' EventBusName="{bus.name}"'
    return f"SEARCH('{{{NAMESPACE},{dimensions}}} MetricName=\"{metric}\"{of_bus}', '{statistic}', {FIVE_MINUTES})"
