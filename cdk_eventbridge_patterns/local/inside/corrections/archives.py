"""`AWS::Events::Archive` makes an archive.

As shipped the type is unknown. The archive is made by the emulator's own CreateArchive.
https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-events-archive.html
"""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

from cdk_eventbridge_patterns.local.inside.resource_provider import CorrectedProvider, Model


class Archive(CorrectedProvider):
    """An archive."""

    TYPE = "AWS::Events::Archive"
    PRIMARY = "ArchiveName"
    READ_ONLY = ("Arn",)

    def create(self, request: Any) -> Any:
        model, events = request.desired_state, request.aws_client_factory.events
        model["ArchiveName"] = self.name(request, "ArchiveName")
        made = events.create_archive(
            ArchiveName=model["ArchiveName"], EventSourceArn=model["SourceArn"], **_settings(model)
        )
        model["Arn"] = made["ArchiveArn"]
        return self.done(request, model)

    def update(self, request: Any) -> Any:
        model = self.kept(request)
        request.aws_client_factory.events.update_archive(ArchiveName=model["ArchiveName"], **_settings(model))
        return self.done(request, model)

    def delete(self, request: Any) -> Any:
        model, events = request.desired_state, request.aws_client_factory.events
        with suppress(events.exceptions.ResourceNotFoundException):
            events.delete_archive(ArchiveName=model["ArchiveName"])
        return self.done(request, model)


def _settings(model: Model) -> Model:
    settings: Model = {}
    if model.get("Description"):
        settings["Description"] = model["Description"]
    if model.get("RetentionDays") is not None:
        settings["RetentionDays"] = int(model["RetentionDays"])
    if model.get("EventPattern"):
        settings["EventPattern"] = json.dumps(model["EventPattern"])
    return settings


def apply() -> None:
    """Have CloudFormation use it."""
    Archive.replace_shipped()
