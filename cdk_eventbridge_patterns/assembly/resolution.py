"""All templates at once: what each says of the others, and what can't be read."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Any

from cdk_eventbridge_patterns.assembly.intrinsics import text_of
from cdk_eventbridge_patterns.assembly.resolved_resource import ResolvedResource
from cdk_eventbridge_patterns.assembly.scope import Scope
from cdk_eventbridge_patterns.assembly.template import Template, properties_of
from cdk_eventbridge_patterns.topology.location import Location
from cdk_eventbridge_patterns.topology.unread import Unread
from cdk_eventbridge_patterns.undecided import Undecided

_Environment = tuple[str, str]

# Macros that leave resources as they are, or that were expanded when the template was read.
_HARMLESS_TRANSFORMS = {"AWS::Serverless-2016-10-31", "AWS::LanguageExtensions", "AWS::SecretsManager-2020-07-23"}
_NESTED = "AWS::CloudFormation::Stack"


class Resolution:
    """The templates that are judged together.

    Args:
        templates: The templates, those of nested stacks too.
    """

    def __init__(self, templates: Iterable[Template]) -> None:
        self.templates = tuple(templates)
        named = Counter(template.stack for template in self.templates)
        self._scopes = {
            id(template): Scope(
                template, self, stack=template.stack if named[template.stack] == 1 else f"{template.file}"
            )
            for template in self.templates
        }

    def resources(self, *types: str) -> Iterator[ResolvedResource]:
        """Return the resources of these types, of all templates."""
        for each in types:
            yield from self._by_type.get(each, ())

    def resolve(self, value: Any, template: Template) -> Any:  # noqa: ANN401 - whatever a template holds
        """Return *value*, which stands in *template*, with all intrinsic functions in it resolved."""
        return self._scopes[id(template)].resolve(value)

    def resources_of(self, template: Template) -> Iterator[ResolvedResource]:
        """Return the resources of a template."""
        yield from self._scopes[id(template)].resources.values()

    @cached_property
    def environments(self) -> frozenset[_Environment]:
        """The accounts and Regions the templates are for."""
        return frozenset(scope.environment for scope in self._scopes.values())

    @cached_property
    def unread(self) -> tuple[Unread, ...]:
        """What is in the templates and can't be read: nested stacks that are not there, macros, loops."""
        return tuple(each for template in self.templates for each in self._unread_in(template))

    def exported(self, environment: _Environment, name: str) -> Any:  # noqa: ANN401 - whatever is exported
        """Return what a stack of *environment* exports under *name*."""
        scope, output = self._exports.get((*environment, name), (None, ""))
        return Undecided(f"nothing that was read exports {name!r}") if scope is None else scope.output(output)

    def output_of(self, stack: str, output: str, environment: _Environment) -> Any:  # noqa: ANN401
        """Return an output of the stack of *environment* with that name."""
        scope = self._stacks.get((*environment, stack))
        return Undecided(f"stack {stack!r} was not read") if scope is None else scope.output(output)

    def nested_output(self, parent: Template, logical_id: str, output: str) -> Any:  # noqa: ANN401
        """Return an output of a nested stack."""
        nested = self._nested.get((id(parent), logical_id))
        return (
            Undecided(f"the template of nested stack {logical_id!r} was not read")
            if nested is None
            else (self._scopes[id(nested)].output(output))
        )

    def passed_to(self, nested: Template, parameter: str) -> Any:  # noqa: ANN401
        """Return what the stack around *nested* passes to one of its parameters, nothing where it passes nothing."""
        parent, logical_id = nested.nested_in or (None, "")
        scope = self._scopes.get(id(parent))
        if parent is None or scope is None:
            return Undecided(f"parameter {parameter!r} is passed by a stack that was not read")
        passed = properties_of(parent.resources[logical_id]).get("Parameters")
        return scope.resolve(passed[parameter]) if isinstance(passed, dict) and parameter in passed else None

    def ssm_parameter(self, environment: _Environment, name: str) -> Any:  # noqa: ANN401
        """Return the value of an SSM parameter that a template of *environment* writes."""
        resource = self._ssm.get((*environment, name))
        return (
            Undecided(f"SSM parameter {name!r} has no value")
            if resource is None
            else (resource.properties.get("Value"))
        )

    @cached_property
    def _by_type(self) -> dict[str, list[ResolvedResource]]:
        by_type: dict[str, list[ResolvedResource]] = defaultdict(list)
        for scope in self._scopes.values():
            for resource in scope.resources.values():
                by_type[resource.resource_type].append(resource)
        return dict(by_type)

    @cached_property
    def _exports(self) -> dict[tuple[str, str, str], tuple[Scope, str]]:
        exports = {}
        for scope in self._scopes.values():
            for output, written in scope.template.section("Outputs").items():
                export = written.get("Export") if isinstance(written, dict) else None
                name = text_of(scope.resolve(export["Name"])) if isinstance(export, dict) and "Name" in export else None
                if isinstance(name, str):
                    exports[scope.account, scope.region, name] = (scope, output)
        return exports

    @cached_property
    def _stacks(self) -> dict[tuple[str, str, str], Scope]:
        return {
            (*scope.environment, scope.template.stack_name): scope
            for scope in self._scopes.values()
            if scope.template.stack_name is not None and scope.template.nested_in is None
        }

    @cached_property
    def _nested(self) -> dict[tuple[int, str], Template]:
        return {
            (id(template.nested_in[0]), template.nested_in[1]): template
            for template in self.templates
            if template.nested_in is not None
        }

    @cached_property
    def _ssm(self) -> dict[tuple[str, str, str], ResolvedResource]:
        return {
            (resource.account, resource.region, str(resource.properties.get("Name"))): resource
            for resource in self.resources("AWS::SSM::Parameter")
        }

    def _unread_in(self, template: Template) -> Iterator[Unread]:
        transforms = template.body.get("Transform", [])
        for transform in transforms if isinstance(transforms, list) else [transforms]:
            if not isinstance(transform, str) or transform not in _HARMLESS_TRANSFORMS:
                yield _unread(template, "", f"macro {transform!r} changes the template at deployment")
        resources = template.section("Resources")
        for logical_id, resource in resources.items():
            if logical_id.startswith("Fn::"):
                yield _unread(template, logical_id, f"{logical_id} is expanded at deployment")
            elif not isinstance(resource, dict):
                yield _unread(template, logical_id, "it is no object")
            elif resource.get("Type") == _NESTED and (id(template), logical_id) not in self._nested:
                yield _unread(template, logical_id, "the template of the nested stack was not found")


def _unread(template: Template, logical_id: str, reason: str) -> Unread:
    location = Location(stack=template.stack, logical_id=logical_id, template_file=str(template.file))
    return Unread(location=location, reason=Undecided(reason))
