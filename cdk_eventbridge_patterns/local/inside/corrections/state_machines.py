"""State machines may be written with JSONata, and call EventBridge.

As shipped every expression fails: what evaluated them was taken out. They are evaluated by `jsonata-python`, which
follows the reference implementation. And EventBridge goes by the name that boto3 has for it alone.
https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html
https://docs.aws.amazon.com/step-functions/latest/dg/supported-services-awssdk.html
"""

from __future__ import annotations

import json
from typing import Any

from jsonata import Jsonata
from localemu.services.stepfunctions.asl.component.common.string import string_expression
from localemu.services.stepfunctions.asl.component.state.state_execution.state_task.service.state_task_service import (
    StateTaskService,
)
from localemu.services.stepfunctions.asl.eval import states, variable_store
from localemu.services.stepfunctions.asl.jsonata import jsonata, validations


def _evaluate(expression: str) -> Any:
    try:
        return Jsonata(expression).evaluate(None)
    except Exception as error:
        raise jsonata.JSONataException("UNKNOWN", str(error)) from error


def _declare(bindings: dict[str, Any]) -> str:
    """Return *bindings* as JSONata; as shipped a text with a quotation mark ends there."""
    return "".join(f"{name}:={json.dumps(value, default=str)};" for name, value in bindings.items())


def apply() -> None:
    """Have state machines use it."""
    for module in (jsonata, string_expression, validations):
        module.eval_jsonata_expression = _evaluate
    for module in (jsonata, states, variable_store):
        module.encode_jsonata_variable_declarations = _declare
    StateTaskService._SERVICE_NAME_SFN_TO_BOTO_OVERRIDES["eventbridge"] = "events"  # noqa: SLF001 - the emulator's
