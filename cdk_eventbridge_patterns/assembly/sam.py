"""SAM templates, as the plain CloudFormation that AWS makes of them."""

from __future__ import annotations

import copy
import logging
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cdk_eventbridge_patterns.errors import AssemblyError

TRANSFORM = "AWS::Serverless-2016-10-31"

# Paths of code on disk, which `sam package` replaces by where it uploaded it; the translator wants that form.
_LOCAL_PATHS = {
    "AWS::Serverless::Function": "CodeUri",
    "AWS::Serverless::LayerVersion": "ContentUri",
    "AWS::Serverless::Api": "DefinitionUri",
    "AWS::Serverless::HttpApi": "DefinitionUri",
    "AWS::Serverless::StateMachine": "DefinitionUri",
}
_PACKAGED = "s3://packaged/later"
# Definitions of APIs that are put in at deployment, by `AWS::Include`: the translator wants one to add to.
_DEFINITIONS: Mapping[str, Mapping[str, Any]] = {
    "AWS::Serverless::Api": {"swagger": "2.0", "info": {"title": "later", "version": "1"}, "paths": {}},
    "AWS::Serverless::HttpApi": {"openapi": "3.0.1", "info": {"title": "later", "version": "1"}, "paths": {}},
}
# The translator asks for one; names and ARNs are resolved later, with the Region of the stack.
_ANY_REGION = "us-east-1"


def is_sam(body: Mapping[str, Any]) -> bool:
    """Return whether a template has SAM's transform."""
    transforms = body.get("Transform")
    return TRANSFORM in transforms if isinstance(transforms, (list, str)) else False


def translated(
    body: dict[str, Any], file: Path, *, region: str | None, parameters: Mapping[str, Any]
) -> dict[str, Any]:
    """Return the plain template that SAM's own translator makes of *body*.

    Raises:
        AssemblyError: If the translator refuses it.
    """
    import boto3  # noqa: PLC0415 - few templates are SAM's
    from samtranslator.parser.parser import Parser  # noqa: PLC0415
    from samtranslator.translator.translator import Translator  # noqa: PLC0415

    # What it logs is about itself; whoever wants it adds a handler.
    logging.getLogger("samtranslator").addHandler(logging.NullHandler())
    session = boto3.session.Session(region_name=region or _ANY_REGION)
    translator = Translator({}, Parser(), boto_session=session)
    try:
        result = translator.translate(_packaged(body), dict(parameters), {})
    except Exception as error:  # noqa: BLE001 - the translator raises its own kinds, and what odd templates trip
        causes = [str(getattr(each, "message", each)) for each in getattr(error, "causes", [error])]
        raise AssemblyError(f"'{file}' is refused by the SAM translator: {'; '.join(causes)}") from None
    return dict(result)


def _packaged(body: dict[str, Any]) -> dict[str, Any]:
    packaged = copy.deepcopy(body)
    resources = packaged.get("Resources")
    for resource in resources.values() if isinstance(resources, dict) else ():
        if isinstance(resource, dict):
            _package(resource)
    return packaged


def _package(resource: dict[str, Any]) -> None:
    resource_type = str(resource.get("Type"))
    name = _LOCAL_PATHS.get(resource_type)
    properties = resource.setdefault("Properties", {})
    if name is None or not isinstance(properties, dict):
        return
    if resource_type in _DEFINITIONS and "Fn::Transform" in (properties.get("DefinitionBody") or {}):
        properties["DefinitionBody"] = copy.deepcopy(_DEFINITIONS[resource_type])
    inline = {"InlineCode", "ImageUri", "DefinitionBody", "Definition"} & properties.keys()
    is_function = resource_type in ("AWS::Serverless::Function", "AWS::Serverless::LayerVersion")
    if isinstance(properties.get(name), str) or (is_function and name not in properties and not inline):
        properties[name] = _PACKAGED
