"""What an `InputTransformer` makes of an event.

A template is JSON, or lines of quoted text. In JSON a variable that stands by itself is replaced by its value as JSON:
a string gets its quotes, an object or array none. In quoted text it is replaced by the text of the value; objects and
arrays lose their quotes there, and inside a JSON template nothing is sent then. A path that finds nothing leaves an
empty text. Each of these is in recorded answers of AWS or on the page of the user guide; what is in neither, such as a
path that finds null, is undecided.
https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html
https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_InputTransformer.html
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from cdk_eventbridge_patterns.simulation.payload.outcome import NotSent, Payload
from cdk_eventbridge_patterns.simulation.payload.template import Form, Template
from cdk_eventbridge_patterns.simulation.payload.variables import RESERVED, Variables
from cdk_eventbridge_patterns.topology.input_limits import LONGEST_PATH, LONGEST_TEMPLATE, MOST_PATHS
from cdk_eventbridge_patterns.topology.rule import Rule
from cdk_eventbridge_patterns.topology.text import is_literal
from cdk_eventbridge_patterns.undecided import Undecided

_KEY = re.compile(r"[A-Za-z0-9_\-]{1,256}")


def transformed(transformer: Mapping[str, Any], rule: Rule, event: Mapping[str, Any]) -> Payload | NotSent | Undecided:
    """Return what *transformer* makes of *event* for a target of *rule*."""
    text, paths = transformer.get("InputTemplate"), transformer.get("InputPathsMap") or {}
    for given in (text, paths, *(paths.values() if isinstance(paths, Mapping) else ())):
        if isinstance(given, Undecided):
            return given
    if not isinstance(text, str) or not isinstance(paths, Mapping):
        return NotSent("its transformer needs a template, and its paths by name", at_deployment=True)
    template = Template.of(text)
    refusal = _refusal(text, template, paths)
    if refusal is not None:
        return refusal
    undecided = _unread(template)
    return _filled(template, Variables(rule, event, paths)) if undecided is None else undecided


def _refusal(text: str, template: Template, paths: Mapping[str, Any]) -> NotSent | None:
    """Return why EventBridge refuses the target, if it does."""
    unnamed = [each.name for each in template.variables if each.name not in {*paths, *RESERVED}]
    reason = None
    if is_literal(text) and not 1 <= len(text) <= LONGEST_TEMPLATE:
        reason = f"its template has {len(text)} characters, and 1 to {LONGEST_TEMPLATE} are allowed"
    elif len(paths) > MOST_PATHS:
        reason = f"it has {len(paths)} paths, and {MOST_PATHS} are allowed"
    elif bad := [name for name, path in paths.items() if not _is_path(name, path)]:
        reason = (
            f"its path {bad[0]!r} must have a name of letters, digits, - and _, and {LONGEST_PATH} characters at most"
        )
    elif unnamed:
        reason = f"its template uses <{unnamed[0]}>, which no path defines"
    elif template.has_variable_key:
        reason = "its template has a variable in the name of a field"
    return None if reason is None else NotSent(reason, at_deployment=True)


def _is_path(name: str, path: object) -> bool:
    is_short = isinstance(path, str) and (len(path) <= LONGEST_PATH or not is_literal(path))
    return is_short and _KEY.fullmatch(name) is not None


def _unread(template: Template) -> Undecided | None:
    what = None
    if template.has_stray_bracket:
        what = "a < that begins no variable"
    elif template.form is Form.NEITHER:
        what = "a template that is neither JSON nor quoted text"
    elif template.form is Form.TEXT and template.has_other_escape:
        what = 'an escape other than \\" in a template of text'
    return None if what is None else Undecided(f"what EventBridge makes of {what} is documented nowhere")


def _filled(template: Template, variables: Variables) -> Payload | NotSent | Undecided:
    parts = []
    for piece in template.pieces:
        part = piece if isinstance(piece, str) else variables.text(piece, template.form)
        if not isinstance(part, str):
            return part
        parts.append(part)
    names = dict.fromkeys(each.name for each in template.variables)
    spelling = [what for name in names for what in variables.unproved(name)]
    layout = ["whether the white space around its values is kept"] if template.is_laid_out else []
    return Payload("".join(parts), tuple(dict.fromkeys([*spelling, *layout])))
