"""Where a construct stands, and the one road by which a plan comes into the tree."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import NamedTemporaryFile
from weakref import WeakKeyDictionary, WeakSet

from aws_cdk import Acknowledgment, Environment, Stack, Validations
from aws_cdk import cloudformation_include as include
from constructs import Construct

from cdk_eventbridge_patterns.errors import PlacementError
from cdk_eventbridge_patterns.naming.convention import NamingConvention
from cdk_eventbridge_patterns.plan.misjudged import misjudged_in
from cdk_eventbridge_patterns.plan.plan import Plan
from cdk_eventbridge_patterns.plan.retry_policy import RetryPolicy
from cdk_eventbridge_patterns.plan.target import TargetKind
from cdk_eventbridge_patterns.tree.convention import convention_of
from cdk_eventbridge_patterns.tree.retries import retries_at

# What each stack has from us: logical ids are taken from what is declared, so two can be the same.
_PLACED: WeakKeyDictionary[Stack, set[str]] = WeakKeyDictionary()

# What the tree would be asked again and again, by calls over the jsii bridge, and never changes: account and Region of
# each stack, two calls; the stack of each construct that has resources of ours, one.
_ENVIRONMENTS: WeakKeyDictionary[Stack, tuple[str, str]] = WeakKeyDictionary()
_STACKS: WeakKeyDictionary[Construct, Stack] = WeakKeyDictionary()

# Below which nothing has a trace: it is said once, above all stacks of a topology.
_WITHOUT_TRACES: WeakSet[Construct] = WeakSet()

_LITERAL = re.compile(r"[a-z0-9-]+")  # a token has other characters


@dataclass(frozen=True, kw_only=True)
class Place:
    """A place in the tree: its stack, with literal account and Region, and what holds there."""

    stack: Stack
    account: str
    region: str
    naming: NamingConvention
    retries: Mapping[TargetKind, RetryPolicy] = field(default_factory=dict)

    @classmethod
    def of(cls, scope: Construct, convention: NamingConvention | None = None) -> Place:
        """Return where *scope* is.

        Raises:
            PlacementError: If it is in no stack, or in one whose account or Region is not literal.
        """
        stack = _stack_of(scope)
        if stack not in _ENVIRONMENTS:
            _ENVIRONMENTS[stack] = _environment_of(stack)
        account, region = _ENVIRONMENTS[stack]
        return cls(
            stack=stack,
            account=account,
            region=region,
            naming=convention_of(scope, convention),
            retries=retries_at(scope),
        )

    def check(self, *plans: Plan) -> None:
        """Refuse plans with a resource that the stack has already, before anything is put into the tree."""
        taken = _PLACED.get(self.stack, set())
        for plan in plans:
            if twice := sorted(taken & plan.resources.keys()):
                msg = (
                    f"'{twice[0]}' is in stack '{self.stack.node.path}' already; "
                    "give one of the two another name, or put it in another stack"
                )
                raise PlacementError(msg)
            taken = taken | plan.resources.keys()

    def put(self, scope: Construct, plan: Plan, *, id: str = "Resources") -> include.CfnInclude:
        """Put all resources of *plan* below *scope*, as typed L1 constructs.

        One call over the jsii bridge makes them all, where making each by itself takes two to four. In a probe, a full
        mesh of 100 stacks and 3,200 resources, that took 1.9 s instead of 4.2 s (L1 by L1) or 8.1 s (L2).
        """
        self.check(plan)
        _PLACED.setdefault(self.stack, set()).update(plan.resources)
        _STACKS[scope] = self.stack
        with NamedTemporaryFile("w", suffix=".json", encoding="utf-8", delete=False) as file:
            file.write(json.dumps(plan.template()))  # which is faster than json.dump
        try:
            resources = include.CfnInclude(scope, id, template_file=file.name)
        finally:
            Path(file.name).unlink()
        _acknowledge(resources, plan)
        return resources


def without_traces(scope: Construct, parent: Construct) -> None:
    """Let the CDK note for nothing below *scope*, which was made just now below *parent*, where it was made.

    Node sees no line of Python: it would note "no user code", which helps nobody and takes a tenth of the time. Who
    asks for the lines of Python, by `JSII_HOST_STACK_TRACES`, or for more of everything, by `CDK_DEBUG`, has them.
    """
    if os.environ.get("JSII_HOST_STACK_TRACES", "").lower() in {"1", "true", "yes"}:
        return
    if parent not in _WITHOUT_TRACES:
        scope.node.set_context("aws:cdk:disable-creation-stack-traces", True)  # noqa: FBT003 - the CDK's own
    _WITHOUT_TRACES.add(scope)


def note_environment(stack: Stack, env: object) -> None:
    """Note account and Region of a stack that was made with *env*, where both are literal, so that none need ask."""
    account, region = (env.account, env.region) if isinstance(env, Environment) else (None, None)
    if account and region and _LITERAL.fullmatch(account) and _LITERAL.fullmatch(region):
        _ENVIRONMENTS[stack] = (account, region)


def _acknowledge(resources: Construct, plan: Plan) -> None:
    """Acknowledge what packs of cdk-nag misjudge in *plan*, at its own resources: others put below are judged."""
    misjudged = [each for each in misjudged_in(plan.resources.values()) if not each.is_of_checkov]
    if misjudged:
        acknowledged = (Acknowledgment(id=each.check, reason=each.reason) for each in misjudged)
        Validations.of(resources).acknowledge(*acknowledged)


def _environment_of(stack: Stack) -> tuple[str, str]:
    account, region = stack.account, stack.region
    if not (_LITERAL.fullmatch(account) and _LITERAL.fullmatch(region)):
        msg = (
            f"stack '{stack.node.path}' needs a literal account and Region, for names and ARNs in other accounts "
            "are made of them; pass env=cdk.Environment(account='111111111111', region='eu-west-1')"
        )
        raise PlacementError(msg)
    return account, region


def _stack_of(scope: Construct) -> Stack:
    if isinstance(scope, Stack):
        return scope
    if scope in _STACKS:
        return _STACKS[scope]
    try:
        return Stack.of(scope)
    except RuntimeError:
        msg = f"'{scope.node.path or 'the app'}' is in no stack; put the construct in a Stack"
        raise PlacementError(msg) from None
