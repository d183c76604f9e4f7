"""What names mean in one template: its parameters, resources, conditions, and what it takes from other stacks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING, Any

from cdk_eventbridge_patterns.assembly.attributes import attribute_of, reference_to
from cdk_eventbridge_patterns.assembly.intrinsics import FUNCTIONS, NO_VALUE, decide, text_of
from cdk_eventbridge_patterns.assembly.resolved_resource import ResolvedResource
from cdk_eventbridge_patterns.assembly.template import Template, metadata_of, properties_of
from cdk_eventbridge_patterns.naming.arn import partition_of
from cdk_eventbridge_patterns.topology.text import unknown
from cdk_eventbridge_patterns.undecided import Answer, Undecided

if TYPE_CHECKING:
    from cdk_eventbridge_patterns.assembly.resolution import Resolution

_DYNAMIC = re.compile(r"\{\{resolve:([^:}]+):([^}]+)\}\}")
_LISTS = ("CommaDelimitedList", "List<")
_FROM_SSM = "AWS::SSM::Parameter::Value<"


class Scope:
    """One template, in which values are resolved."""

    def __init__(self, template: Template, resolution: Resolution, *, stack: str) -> None:
        self.template = template
        self.stack = stack
        source = template.source_name
        self.account = template.account or unknown(f"account of {source}")
        self.region = template.region or unknown(f"Region of {source}")
        self.partition = partition_of(template.region) if template.region else unknown(f"partition of {source}")
        self._resolution = resolution
        self._parameters = template.section("Parameters")
        self._resolving: set[tuple[str, str]] = set()
        self._known: dict[tuple[str, str], Any] = {}

    @property
    def environment(self) -> tuple[str, str]:
        """The account and Region."""
        return self.account, self.region

    @cached_property
    def resources(self) -> Mapping[str, ResolvedResource]:
        """The resources that are made, by logical id."""
        made = {}
        for logical_id, resource in self.template.resources.items():
            resource_type, condition = resource.get("Type"), resource.get("Condition")
            if not isinstance(resource_type, str):
                continue
            answer = True if condition is None else self.condition(condition)
            if answer is False:
                continue
            made[logical_id] = ResolvedResource(
                logical_id=logical_id,
                resource_type=resource_type,
                template=self.template,
                where=f"{self.stack}/{logical_id}",
                account=self.account,
                region=self.region,
                partition=self.partition,
                metadata=metadata_of(resource),
                resolve=self._properties_of(resource),
                conditional=answer if isinstance(answer, Undecided) else None,
            )
        return made

    def resolve(self, value: Any) -> Any:  # noqa: ANN401 - whatever a template holds
        """Return *value* with all intrinsic functions in it resolved."""
        if isinstance(value, str):
            return self._with_dynamic_references(value) if "{{resolve:" in value else value
        if isinstance(value, dict):
            if len(value) == 1:
                ((name, argument),) = value.items()
                function = FUNCTIONS.get(name)
                if function is not None:
                    return function(self, argument)
            resolved = ((key, self.resolve(each)) for key, each in value.items())
            return {key: each for key, each in resolved if each is not NO_VALUE}
        if isinstance(value, list):
            return [each for each in map(self.resolve, value) if each is not NO_VALUE]
        return value

    def reference(self, name: str) -> Any:  # noqa: ANN401
        """Return what `Ref` says of a parameter, a resource or a pseudo parameter."""
        if name.startswith("AWS::"):
            return self._pseudo(name)
        if name in self._parameters:
            return self._once("parameter", name, self._parameter)
        resource = self.resources.get(name)
        if resource is None:
            return Undecided(f"{name!r} is known at deployment only")
        return self._once("Ref", name, lambda _: reference_to(resource))

    def attribute(self, logical_id: str, attribute: str) -> Any:  # noqa: ANN401
        """Return what `Fn::GetAtt` says of an attribute of a resource, or of an output of a nested stack."""
        resource = self.resources.get(logical_id)
        if resource is None:
            return Undecided(f"'{logical_id}.{attribute}' is known at deployment only")
        output = attribute.removeprefix("Outputs.")
        if output != attribute:
            return self._resolution.nested_output(self.template, logical_id, output)
        return self._once("GetAtt", f"{logical_id}.{attribute}", lambda _: attribute_of(resource, attribute))

    def condition(self, name: Any) -> Answer:  # noqa: ANN401
        """Return whether a condition of the template holds."""
        conditions = self.template.section("Conditions")
        if not isinstance(name, str) or name not in conditions:
            return Undecided(f"{self.stack} has no condition {name!r}")
        answer = self._once("condition", name, lambda _: decide(self, conditions[name]))
        return Undecided(f"condition {name!r}: {answer.reason}") if isinstance(answer, Undecided) else bool(answer)

    def output(self, name: str) -> Any:  # noqa: ANN401
        """Return an output of the stack."""
        output = self.template.section("Outputs").get(name)
        if not isinstance(output, dict):
            return Undecided(f"{self.stack} has no output {name!r}")
        return self._once("output", name, lambda _: self.resolve(output.get("Value")))

    def imported(self, name: str) -> Any:  # noqa: ANN401
        """Return what another stack of the same account and Region exports under *name*."""
        return self._once("import", name, lambda _: self._resolution.exported(self.environment, name))

    def stack_output(self, stack: str, output: str, *, account: str, region: str) -> Any:  # noqa: ANN401
        """Return an output of the stack with that name."""
        return self._resolution.output_of(stack, output, (account, region))

    def _once(self, kind: str, name: str, find: Callable[[str], Any]) -> Any:  # noqa: ANN401
        """Find something once; what leads back to itself is undecided."""
        key = (kind, name)
        if key not in self._known:
            if key in self._resolving:
                return Undecided(f"{name!r} of {self.stack} refers to itself")
            with self._while_resolving(key):
                self._known[key] = find(name)
        return self._known[key]

    @contextmanager
    def _while_resolving(self, key: tuple[str, str]) -> Iterator[None]:
        self._resolving.add(key)
        try:
            yield
        finally:
            self._resolving.discard(key)

    def _pseudo(self, name: str) -> Any:  # noqa: ANN401
        known = {
            "AWS::AccountId": self.account,
            "AWS::Region": self.region,
            "AWS::Partition": self.partition,
            "AWS::NoValue": NO_VALUE,
            "AWS::StackName": self.template.stack_name or unknown(f"stack name of {self.stack}"),
            "AWS::URLSuffix": "amazonaws.com.cn" if self.partition == "aws-cn" else "amazonaws.com",
        }
        return known.get(name, unknown(f"{name} of {self.stack}"))

    def _parameter(self, name: str) -> Any:  # noqa: ANN401
        """Return the value of a parameter: as given, as the parent stack passes it, or its default.

        The default is what is deployed if nobody says otherwise; who deploys with another value gives it.
        """
        parameter = self._parameters[name]
        declared = parameter if isinstance(parameter, dict) else {}
        value = self._given(name)
        if value is None:
            value = declared.get("Default")
        kind = str(declared.get("Type", "String"))
        if kind.startswith(_FROM_SSM) and isinstance(value, str):
            value, kind = self.ssm(value), kind.removeprefix(_FROM_SSM)
        if value is None:
            return Undecided(f"parameter {name!r} of {self.stack} has no value")
        if kind.startswith(_LISTS):
            return [each.strip() for each in value.split(",")] if isinstance(value, str) else value
        return text_of(value)

    def _given(self, name: str) -> Any:  # noqa: ANN401
        if self.template.nested_in is not None:
            return self._resolution.passed_to(self.template, name)
        return self.template.parameters.get(name)

    def ssm(self, name: str) -> Any:  # noqa: ANN401
        """Return the value of an SSM parameter: as given, or as a template of the same account and Region writes it."""
        if name in self.template.ssm:
            return self.template.ssm[name]
        return self._once("SSM parameter", name, lambda _: self._resolution.ssm_parameter(self.environment, name))

    def _with_dynamic_references(self, text: str) -> Any:  # noqa: ANN401
        """Return *text* with the SSM parameters in it resolved; secrets stay unknown.

        https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references.html
        """

        def resolved(reference: re.Match[str]) -> str:
            service, argument = reference.groups()
            name = argument.split(":")[0]
            value = text_of(self.ssm(name)) if service == "ssm" else Undecided(f"a value kept in {service}")
            return unknown(value.reason) if isinstance(value, Undecided) else value

        return _DYNAMIC.sub(resolved, text)

    def _properties_of(self, resource: Mapping[str, Any]) -> Callable[[], Mapping[str, Any]]:
        def resolve() -> Mapping[str, Any]:
            properties = self.resolve(dict(properties_of(resource)))
            return properties if isinstance(properties, dict) else {}

        return resolve
