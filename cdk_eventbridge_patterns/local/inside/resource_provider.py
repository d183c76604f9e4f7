"""What the resource types that we provide to the emulator's CloudFormation have in common."""

from __future__ import annotations

from typing import Any, ClassVar

from localemu.services.cloudformation import provider_utils
from localemu.services.cloudformation.resource_provider import (
    OperationStatus,
    ProgressEvent,
    ResourceProvider,
    ResourceProviderExecutor,
)

Model = dict[str, Any]

_SHIPPED = ResourceProviderExecutor.try_load_resource_provider
_OURS: dict[str, type[CorrectedProvider]] = {}


class CorrectedProvider(ResourceProvider):
    """A resource type whose shipped provider is replaced.

    Args:
        TYPE: The resource type.

        PRIMARY: The property that `Ref` returns.

        READ_ONLY: The attributes, which an update keeps.
    """

    TYPE: ClassVar[str]
    PRIMARY: ClassVar[str]
    READ_ONLY: ClassVar[tuple[str, ...]]
    SCHEMA: ClassVar[dict[str, Any]]

    def __init_subclass__(cls) -> None:
        cls.SCHEMA = {
            "typeName": cls.TYPE,
            "primaryIdentifier": [f"/properties/{cls.PRIMARY}"],
            "readOnlyProperties": [f"/properties/{each}" for each in cls.READ_ONLY],
            "createOnlyProperties": [],
            "properties": {},
        }

    @classmethod
    def replace_shipped(cls) -> None:
        """Have CloudFormation use this provider for its type."""
        _OURS[cls.TYPE] = cls
        ResourceProviderExecutor.try_load_resource_provider = staticmethod(_load)

    def kept(self, request: Any) -> Model:
        """Return what a resource shall be, with the attributes it has."""
        previous = request.previous_state or {}
        return {**{key: previous.get(key) for key in (self.PRIMARY, *self.READ_ONLY)}, **request.desired_state}

    @staticmethod
    def name(request: Any, key: str) -> str:
        """Return the name that a resource is given, or one that is made up as CloudFormation does."""
        made_up = provider_utils.generate_default_name(
            stack_name=request.stack_name, logical_resource_id=request.logical_resource_id
        )
        return str(request.desired_state.get(key) or made_up)

    @staticmethod
    def done(request: Any, model: Model) -> Any:
        """Return that all went well."""
        return ProgressEvent(
            status=OperationStatus.SUCCESS, resource_model=model, custom_context=request.custom_context
        )


def _load(resource_type: str) -> Any:
    ours = _OURS.get(resource_type)
    return ours() if ours else _SHIPPED(resource_type)
