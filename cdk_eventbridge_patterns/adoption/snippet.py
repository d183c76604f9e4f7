"""The Python that takes over what a stack has."""

from __future__ import annotations

from collections.abc import Iterable

from cdk_eventbridge_patterns.adoption.contracts import Contract
from cdk_eventbridge_patterns.adoption.spelling import called, slug
from cdk_eventbridge_patterns.plan.target import TargetKind

_TYPES = {
    TargetKind.QUEUE: "aws_sqs.IQueue",
    TargetKind.TOPIC: "aws_sns.ITopic",
    TargetKind.FUNCTION: "aws_lambda.IFunction",
    TargetKind.LOG_GROUP: "aws_logs.ILogGroup",
    TargetKind.STATE_MACHINE: "aws_stepfunctions.IStateMachine",
    TargetKind.STREAM: "aws_kinesis.IStream",
    TargetKind.API_DESTINATION: "aws_events.IApiDestination",
}
_LIBRARY = (
    "Adopted",
    "ArchiveSettings",
    "BusReference",
    "Consumer",
    "ConsumerBus",
    "Disabled",
    "EventContract",
    "ProducerBus",
    "RetryPolicy",
    "ServiceBus",
    "TargetInput",
)


class Snippet:
    """A function that puts into a stack what takes its buses and rules over.

    Args:
        name: What the function is called.

        about: What the stack is, in one line.
    """

    def __init__(self, name: str, about: str) -> None:
        self._name = name
        self._about = about
        self._contracts: dict[str, Contract] = {}
        self._parameters: dict[str, tuple[str, str]] = {}
        self._lines: list[str] = []

    def use(self, contracts: Iterable[Contract]) -> str:
        """Return *contracts* as arguments."""
        found = {contract.variable: contract for contract in contracts}
        self._contracts |= found
        return ", ".join(sorted(found))

    def parameter(self, arn: str, name: str, kind: TargetKind = TargetKind.QUEUE) -> str:
        """Return the parameter that the construct with this ARN is handed in by."""
        taken = {other for known, (other, _) in self._parameters.items() if known != arn}
        variable = slug(name)
        while variable in taken:
            variable += "_2"
        self._parameters[arn] = (variable, _TYPES[kind])
        return variable

    def add(self, call: str, arguments: Iterable[str], *, variable: str | None = None) -> None:
        """Add a call, once, whose result is *variable*."""
        line = ("" if variable is None else f"{variable} = ") + called(call, arguments, indent=4)
        if line not in self._lines:
            self._lines.append(line)

    def text(self) -> str:
        """Return the module."""
        body = "\n".join(f"    {line}" for line in self._lines)
        contracts = "\n".join(contract.declaration for contract in self._contracts.values())
        signature = [f"{name}: {kind}" for name, kind in self._parameters.values()]
        parameters = f", *, {', '.join(signature)}" if signature else ""
        return (
            f"{self._imports(contracts + body)}\n\n"
            f"# Of the events, rules tell the fields that they read, and no more: put in what is published.\n"
            f"{contracts}\n\n\n"
            f'def {self._name}(stack: Stack{parameters}) -> None:\n    """{self._about}"""\n{body}\n'
        )

    def _imports(self, code: str) -> str:
        modules = sorted({kind.partition(".")[0] for _, kind in self._parameters.values()})
        used = [name for name in _LIBRARY if f"{name}(" in code or f"{name}." in code]
        library = "".join(f"    {name},\n" for name in used)
        stack = ", ".join(["Stack", *modules])
        return f"from aws_cdk import {stack}\n\nfrom cdk_eventbridge_patterns import (\n{library})"
