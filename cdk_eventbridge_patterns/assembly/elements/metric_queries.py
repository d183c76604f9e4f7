"""Queries of CloudWatch Metrics Insights, of the forms in which alarms watch many metrics at once."""

from __future__ import annotations

import re

from cdk_eventbridge_patterns.topology.alarm import Watched

# https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-metrics-insights-querylanguage.html
_NAME = r'"[^"]+"|[A-Za-z_][\w.]*'
_QUERY = re.compile(
    rf"""\s*SELECT\s+(?:AVG|COUNT|MAX|MIN|SUM)\s*\(\s*(?P<metric>{_NAME})\s*\)
    \s+FROM\s+(?:SCHEMA\s*\(\s*(?P<schema>[^()]+?)\s*\)|(?P<namespace>{_NAME}))
    (?:\s+WHERE\s+(?P<where>.+?))?
    (?:\s+GROUP\s+BY\s+[^()]+?)?
    (?:\s+ORDER\s+BY\s+\w+\s*\(\s*\)(?:\s+(?:ASC|DESC))?)?\s*;?\s*""",
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_CONDITION = re.compile(rf"\s*(?P<label>{_NAME})\s*=\s*'(?P<value>[^']*)'\s*")
_AND = re.compile(r"\s+AND\s+", re.IGNORECASE)
_ACCOUNT = "AWS.AccountId"


def is_query(expression: str) -> bool:
    """Return whether *expression* is a query, not metric math."""
    return expression.lstrip().upper().startswith("SELECT")


def read_query(expression: str) -> Watched | None:
    """Return the metrics that a query is of, or nothing where it is of another form: with `OR`, `!=` or `LIMIT`."""
    found = _QUERY.fullmatch(expression)
    if found is None:
        return None
    conditions = _conditions(found["where"])
    if conditions is None:
        return None
    account = conditions.pop(_ACCOUNT, None)
    namespace, *labels = map(_unquoted, (found["schema"] or found["namespace"]).split(","))
    if found["schema"] is not None and not conditions.keys() <= set(labels):
        return None
    return Watched(
        namespace=namespace,
        name=_unquoted(found["metric"]),
        dimensions=conditions,
        account=account,
        any_of=frozenset(labels) - conditions.keys(),
        has_others=found["schema"] is None,
    )


def _conditions(where: str | None) -> dict[str, str] | None:
    """Return what a query wants each label to be, nothing where it wants something else of one."""
    conditions: dict[str, str] = {}
    for condition in [] if where is None else _AND.split(where):
        found = _CONDITION.fullmatch(condition)
        if found is None:
            return None
        conditions[_unquoted(found["label"])] = found["value"]
    return conditions


def _unquoted(name: str) -> str:
    return name.strip().strip('"')
