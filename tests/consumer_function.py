"""The function of an example, loaded as Lambda does it: with the environment of a template."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any, cast
from unittest.mock import patch

from aws_lambda_powertools.utilities.typing import LambdaContext

HANDLER = Path(__file__).parents[1] / "examples" / "idempotent_consumer" / "handler.py"


class Context(LambdaContext):
    """What Lambda says of an invocation."""

    @staticmethod
    def get_remaining_time_in_millis() -> int:
        """Return how much time there is left."""
        return 20_000


@contextmanager
def loaded(
    function: Mapping[str, Any], environment: Mapping[str, str], handler: Path = HANDLER
) -> Iterator[ModuleType]:
    """Load *handler* with the variables of *function*, as its template has it, and with *environment* besides."""
    variables = cast("Mapping[str, str]", function["Environment"]["Variables"])
    spec = spec_from_file_location("handler", handler)
    assert spec is not None
    assert spec.loader is not None
    with patch.dict(os.environ, {**environment, **variables}):
        module = module_from_spec(spec)
        spec.loader.exec_module(module)
        yield module
