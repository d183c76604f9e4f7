"""Variables in policies, such as `${aws:PrincipalAccount}`.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
"""

from __future__ import annotations

import re

from cdk_eventbridge_patterns.access.request import Request
from cdk_eventbridge_patterns.topology.text import is_literal, like
from cdk_eventbridge_patterns.undecided import Answer, Undecided

_VARIABLE = re.compile(r"\$\{([^},]+)(?:,\s*'([^']*)')?\}")
_ESCAPED = {"*": "*", "?": "?", "$": "$"}

# What stands for a `*` or `?` that is no wildcard, because a variable brought it in.
_AS_LITERAL = str.maketrans({"*": "\ue000", "?": "\ue001"})
_LITERAL = set("\ue000\ue001")


NO_VALUE = Undecided("what is not equal to a variable without a value is not documented")
"""What negated operators and `NotResource` say of such a value; to all others it is equal to nothing."""


def filled(value: str, request: Request, *, wild: bool = False) -> str | Undecided | None:
    """Return a value of a policy with its variables replaced, nothing where one of them has no value.

    Args:
        value: The value, as written.

        request: The request that has the values of the variables.

        wild: Whether the value is one that `fits` reads, with wildcards; those of variables are none.
            Default: it is plain.
    """
    if "${" not in value:
        return value
    text = ""
    end = 0
    for variable in _VARIABLE.finditer(value):
        found = _value_of(variable, request)
        if not isinstance(found, str):
            return found
        text += value[end : variable.start()] + (found.translate(_AS_LITERAL) if wild else found)
        end = variable.end()
    return text + value[end:]


def fits(pattern: str, text: str) -> Answer:
    """Return whether *text* fits *pattern*, whose variables were `filled`."""
    return like(pattern, text if _LITERAL.isdisjoint(pattern) else text.translate(_AS_LITERAL))


def _value_of(variable: re.Match[str], request: Request) -> str | Undecided | None:
    """Return the value of a variable. One without a value, and without a default, equals nothing.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#policy-vars-no-value
    """
    key, default = variable.groups()
    if key in _ESCAPED:
        return _ESCAPED[key]
    if not is_literal(key):
        return Undecided(f"variable {key} is known at deployment only")
    actual = request.value_of(key.lower())
    if isinstance(actual, tuple):
        return Undecided(f"{key} may have several values, so it is no variable") if actual else default
    return default if actual is None else actual
