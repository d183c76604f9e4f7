"""What our constructs stamped on a resource, read back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cdk_eventbridge_patterns.assembly.template import Template
from cdk_eventbridge_patterns.errors import AssemblyError
from cdk_eventbridge_patterns.topology.stamp import Stamp


def stamp_of(template: Template, logical_id: str, metadata: Mapping[str, Any]) -> Stamp | None:
    """Return the stamp in the metadata of a resource, nothing where it is not ours.

    Raises:
        AssemblyError: If it is not of its form.
    """
    try:
        return Stamp.from_metadata(metadata)
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        msg = f"'{template.file}': the stamp of '{logical_id}' must be as our constructs write it, got {error}"
        raise AssemblyError(msg) from None
