"""Which stack that exists a new template is deployed over."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from cdk_eventbridge_patterns.assembly.template import Template


@dataclass(frozen=True, kw_only=True)
class SameStacks:
    """The templates of two states, those of one stack by the same name in both.

    Args:
        before: What exists: of the stacks that have a new template, and of others.

        after: What is new, and what exists of the stacks that have no new template: those stay as they are.

        staying: The existing templates of those.
    """

    before: tuple[Template, ...]
    after: tuple[Template, ...]
    staying: tuple[Template, ...]


def same_stacks(existing: Iterable[Template], new: Sequence[Template]) -> SameStacks:
    """Pair the stacks of *existing* with those of *new*.

    A stack goes by account, Region and the name CloudFormation has for it. A template that says no name, such as a
    file, is of the only new stack in its account and Region, else of the one that its file is called after.
    """
    before: dict[int, Template] = {}
    staying: list[Template] = []
    for template in existing:
        successor = _successor(template, before, new)
        parent = template.nested_in
        named = successor or template
        before[id(template)] = replace(
            template,
            stack=named.stack,
            stack_name=named.stack_name,
            nested_in=None if parent is None else (before[id(parent[0])], parent[1]),
        )
        if successor is None:
            staying.append(before[id(template)])
    return SameStacks(before=tuple(before.values()), after=(*new, *staying), staying=tuple(staying))


def _successor(template: Template, before: dict[int, Template], new: Sequence[Template]) -> Template | None:
    if template.nested_in is not None:
        parent, logical_id = template.nested_in
        above = before[id(parent)]
        nested = (each for each in new if each.nested_in is not None and each.nested_in[1] == logical_id)
        return next((each for each in nested if each.nested_in and each.nested_in[0].stack == above.stack), None)
    there = [each for each in new if each.nested_in is None and _may_be_in_one_place(template, each)]
    if template.stack_name is not None:
        return next((each for each in there if each.stack_name == template.stack_name), None)
    if len(there) == 1:
        return there[0]
    called = template.file.name.split(".")[0]
    return next((each for each in there if called in (each.stack_name, each.stack, each.file.name.split(".")[0])), None)


def _may_be_in_one_place(one: Template, other: Template) -> bool:
    pairs = ((one.account, other.account), (one.region, other.region))
    return all(None in pair or pair[0] == pair[1] for pair in pairs)
