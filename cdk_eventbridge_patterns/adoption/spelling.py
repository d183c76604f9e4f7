"""What things that exist are called in Python."""

from __future__ import annotations

import json
import keyword
import re
from collections.abc import Iterable, Mapping

from cdk_eventbridge_patterns.errors import NamingError
from cdk_eventbridge_patterns.naming.convention import NamingConvention
from cdk_eventbridge_patterns.naming.resource_kind import ResourceKind
from cdk_eventbridge_patterns.naming.words import is_service, words_of

_LONGEST_LINE = 100
_CDK_HASH = re.compile(r"[0-9A-F]{8}$")


def service_of(naming: NamingConvention, bus_name: str) -> str | None:
    """Return the service that the name of a bus tells, by the convention or as near as can be; nothing where none."""
    fault = naming.fault(ResourceKind.BUS, bus_name)
    try:
        return naming.parse(ResourceKind.BUS, bus_name if fault is None else fault.expected).service
    except NamingError:
        return None


def slug(text: str) -> str:
    """Return *text* as a variable is named: `OrdersHub.v1` → `orders_hub_v1`."""
    name = "_".join(words_of(_CDK_HASH.sub("", text.rstrip("»").rpartition("/")[2])))
    return f"a_{name}" if not name or name[0].isdigit() or keyword.iskeyword(name) else name


def spelled(value: object) -> str:
    """Return *value*, of what JSON has, as Python spells it with double quotes."""
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{spelled(key)}: {spelled(below)}" for key, below in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(map(spelled, value)) + "]"
    return repr(value)


def called(name: str, arguments: Iterable[str], *, indent: int | None = None) -> str:
    """Return a call; where *indent* says at which depth it stands and a line has no room for it, on several lines."""
    given = list(arguments)
    line = f"{name}({', '.join(given)})"
    if indent is None or indent + len(line) <= _LONGEST_LINE:
        return line
    inner = "".join(f"{' ' * (indent + 4)}{each},\n" for each in given)
    return f"{name}(\n{inner}{' ' * indent})"


def last_of(arn: str) -> str:
    """Return the name at the end of an ARN."""
    return re.split(r"[:/](?![^«]*»)", arn)[-1]


def service_named(text: str) -> str:
    """Return *text* as a service is named."""
    name = "-".join(words_of(text))
    return name if is_service(name) else f"service-{name}"
