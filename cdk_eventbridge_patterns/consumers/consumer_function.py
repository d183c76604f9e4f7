"""The team's own function that handles events: what is asked of it, and what it is told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from aws_cdk import Duration, Stack, TreeInspector

from cdk_eventbridge_patterns.errors import DeclarationError
from cdk_eventbridge_patterns.plan.idempotency import SERVICE_NAME, TABLE_NAME
from cdk_eventbridge_patterns.tree.described import described
from cdk_eventbridge_patterns.tree.place import Place

if TYPE_CHECKING:
    from aws_cdk import aws_lambda

# https://docs.aws.amazon.com/lambda/latest/dg/configuration-timeout.html
_DEFAULT_TIMEOUT = 3

_PROPERTIES = "aws:cdk:cloudformation:props"


@dataclass(frozen=True, kw_only=True)
class ConsumerFunction:
    """A function that a consumer can hand events to.

    *variables* are those that its environment has already.
    """

    function: aws_lambda.Function
    role_name: str
    timeout_seconds: int
    variables: Mapping[str, Any]

    @classmethod
    def of(cls, function: Any, place: Place, timeout_seconds: int | None) -> ConsumerFunction:  # noqa: ANN401
        """Return *function* as what it is.

        Raises:
            DeclarationError: If it is no function that is made in the stack, its role can't be given a policy there,
                its timeout is not known, or it serves another consumer.
        """
        from aws_cdk import aws_lambda  # noqa: PLC0415 - loaded already by whoever made the function

        if not isinstance(function, aws_lambda.Function):
            msg = (
                "function must be an aws_lambda.Function that is made here, for its environment and its role's policy "
                f"are added to and its timeout is read, got {described(function)}; of a version or alias hand in the "
                "function itself"
            )
            raise DeclarationError(msg)
        _check_here("function", function, place)
        role = function.role
        if role is None:
            msg = f"function must have a role, whose policy lets it take from the queue, got '{function.node.path}'"
            raise DeclarationError(msg)
        _check_here("role of function", role, place)
        found = cls(
            function=function,
            role_name=role.role_name,
            timeout_seconds=_timeout_of(function, timeout_seconds),
            variables=_variables_of(function, place),
        )
        if TABLE_NAME in found.variables:
            msg = (
                f"function '{function.node.path}' has {TABLE_NAME} in its environment, so it serves a consumer "
                "already; one consumer may take several events, and another consumer needs a function of its own"
            )
            raise DeclarationError(msg)
        return found

    def tell(self, variables: Mapping[str, str]) -> None:
        """Add to the function's environment; a service name that it was given stays."""
        for name, value in variables.items():
            if name != SERVICE_NAME or name not in self.variables:
                self.function.add_environment(name, value)


def _check_here(what: str, construct: Any, place: Place) -> None:  # noqa: ANN401 - a function or its role
    stack = Stack.of(construct)
    if stack.node.path != place.stack.node.path:
        msg = (
            f"{what} must be in the stack of the consumer, '{place.stack.node.path}', for neither works without the "
            f"other, got '{construct.node.path}'; put the consumer in the stack of the function"
        )
        raise DeclarationError(msg)


def _timeout_of(function: aws_lambda.Function, given: int | None) -> int:
    timeout: Duration | None = function.timeout
    if timeout is not None and timeout.is_unresolved():
        if given is None:
            msg = (
                f"function '{function.node.path}' has a timeout that is known at deployment only, and the queue must "
                "hide messages for six times as long; pass function_timeout_seconds= with the longest it may be"
            )
            raise DeclarationError(msg)
        return given
    known = _DEFAULT_TIMEOUT if timeout is None else int(timeout.to_seconds())
    if given not in (None, known):
        msg = f"function_timeout_seconds must be left out where it is known, {known} seconds, got {given!r}"
        raise DeclarationError(msg)
    return known


def _variables_of(function: aws_lambda.Function, place: Place) -> Mapping[str, Any]:
    """Return the function's environment as it is now; its L1's own attribute loses what the L2 adds later."""
    inspector = TreeInspector()
    cast("aws_lambda.CfnFunction", function.node.default_child).inspect(inspector)
    properties = place.stack.resolve(inspector.attributes[_PROPERTIES])
    variables: Mapping[str, Any] = properties.get("environment", {}).get("variables", {})
    return variables
