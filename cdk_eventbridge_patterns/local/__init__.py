"""An AWS emulator on this machine, in which apps are deployed for real and events cross accounts.

The emulator is LocalEmu, in a Python of its own, corrected where it is not as AWS says it is (`inside/corrections`).
docs/local.md says what a deployment there proves, and what it does not.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cdk_eventbridge_patterns.local.deployment import Deployment, Done
    from cdk_eventbridge_patterns.local.emulator import Emulator
    from cdk_eventbridge_patterns.local.installation import install
    from cdk_eventbridge_patterns.local.interpreter import find_interpreter
    from cdk_eventbridge_patterns.local.queues import Message, Queues
    from cdk_eventbridge_patterns.local.session import AccountSession

_MODULES = {
    "AccountSession": "session",
    "Deployment": "deployment",
    "Done": "deployment",
    "Emulator": "emulator",
    "Message": "queues",
    "Queues": "queues",
    "find_interpreter": "interpreter",
    "install": "installation",
}

__all__ = [
    "AccountSession",
    "Deployment",
    "Done",
    "Emulator",
    "Message",
    "Queues",
    "find_interpreter",
    "install",
]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - any public name; who just asks for a Python needs no boto3
    if name in _MODULES:
        return getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
    msg = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(msg)
