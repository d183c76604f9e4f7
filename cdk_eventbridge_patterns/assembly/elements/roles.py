"""Roles, with all that the policies in the templates let them do."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from cdk_eventbridge_patterns.assembly.attributes import arn_of_resource, physical_name
from cdk_eventbridge_patterns.assembly.elements.statements import made_if, statements
from cdk_eventbridge_patterns.assembly.elements.values import common, entries, many, mapping, said, text
from cdk_eventbridge_patterns.assembly.resolution import Resolution
from cdk_eventbridge_patterns.assembly.resolved_resource import ResolvedResource
from cdk_eventbridge_patterns.topology.policy_statement import PolicyStatement
from cdk_eventbridge_patterns.topology.security import Role
from cdk_eventbridge_patterns.undecided import Undecided

_Statements = tuple[PolicyStatement, ...]
_ATTACHED = ("AWS::IAM::Policy", "AWS::IAM::RolePolicy", "AWS::IAM::ManagedPolicy")


def roles(resolution: Resolution) -> Iterator[Role]:
    """Return the roles."""
    attached = _attached(resolution)
    managed = {
        arn_of_resource(resource): _document(resource) for resource in resolution.resources("AWS::IAM::ManagedPolicy")
    }
    for resource in resolution.resources("AWS::IAM::Role"):
        yield _role(resource, attached, managed)


def _role(
    resource: ResolvedResource, attached: dict[tuple[str, str], list[_Statements]], managed: dict[str, _Statements]
) -> Role:
    properties = resource.properties
    arn = arn_of_resource(resource)
    name = physical_name(resource)
    named = properties.get("ManagedPolicyArns")
    arns = [f"{named.reason}"] if isinstance(named, Undecided) else [said(each) for each in many(named)]
    documents = [
        *_inline(resource, properties.get("Policies")),
        *attached.get((resource.account, name), ()),
        *(managed[each] for each in arns if each in managed),
    ]
    return Role(
        arn=arn,
        name=name,
        trust=statements(properties.get("AssumeRolePolicyDocument"), resource.location.at("AssumeRolePolicyDocument")),
        permissions=tuple(statement for document in documents for statement in document),
        unread=tuple(each for each in arns if each not in managed),
        boundary=text(properties.get("PermissionsBoundary")),
        **common(resource),
    )


def _inline(resource: ResolvedResource, policies: Any) -> Iterator[_Statements]:  # noqa: ANN401
    if isinstance(policies, Undecided):
        yield statements(policies, resource.location.at("Policies"))
    for index, policy in enumerate(entries(policies)):
        document = policy if isinstance(policy, Undecided) else mapping(policy).get("PolicyDocument")
        yield statements(document, resource.location.at(f"Policies.{index}.PolicyDocument"))


def _attached(resolution: Resolution) -> dict[tuple[str, str], list[_Statements]]:
    """Return the policies that name their roles, by account and role."""
    attached: dict[tuple[str, str], list[_Statements]] = defaultdict(list)
    for resource in resolution.resources(*_ATTACHED):
        names = resource.properties.get("Roles") or resource.properties.get("RoleName")
        for name in many(names):
            attached[resource.account, said(name)].append(_document(resource))
    return attached


def _document(resource: ResolvedResource) -> _Statements:
    found = statements(resource.properties.get("PolicyDocument"), resource.location.at("PolicyDocument"))
    return made_if(resource.conditional, found)
