"""Three accounts, declared in `services.yaml`, deployed by a pipeline in a fourth that first asks all checks.

The stacks of one stage may be of many accounts. CDK Pipelines puts them into an order by what waits for what: all buses
first, then the subscriptions.
"""

from __future__ import annotations

from pathlib import Path

from aws_cdk import App, Environment, Stack, Stage, Validations, pipelines
from aws_cdk import aws_codepipeline as codepipeline
from constructs import Construct

from cdk_eventbridge_patterns import EventBridgeChecks, MultiBusTopology, NamingConvention, services_from_file
from examples.pipeline.as_made import accept_as_made

REGION = "eu-west-1"
TOOLING = Environment(account="999999999999", region=REGION)
CONVENTION = NamingConvention(organization="acme", stage="prod")
SERVICES = Path(__file__).with_name("services.yaml")
CONNECTION = f"arn:aws:codeconnections:{REGION}:999999999999:connection/11111111-2222-3333-4444-555555555555"
INSTALL = "python -m pip install --quiet cdk-eventbridge-patterns"


class Estate(Stage):
    """All services in all accounts; with many consumers of one service, let in the organisation."""

    def __init__(
        self, scope: Construct, id: str, *, services: Path = SERVICES, organization_id: str | None = None
    ) -> None:
        super().__init__(scope, id)

        MultiBusTopology(
            self,
            "Events",
            services=services_from_file(services),
            region=REGION,
            organization_id=organization_id,
            convention=CONVENTION,
        )


class PipelineStack(Stack):
    """The pipeline: it changes itself first, then asks the checks, then deploys; a push to main starts it.

    Without change sets a stack is one action and not two, so twice as many accounts fit into a pipeline.
    """

    def __init__(
        self, scope: Construct, id: str, *, services: Path = SERVICES, organization_id: str | None = None
    ) -> None:
        super().__init__(scope, id, env=TOOLING)

        source = pipelines.CodePipelineSource.connection("acme/events", "main", connection_arn=CONNECTION)
        synth = pipelines.ShellStep(
            "Synth", input=source, install_commands=[INSTALL, "npm ci"], commands=["npx cdk synth --quiet"]
        )
        pipeline = pipelines.CodePipeline(
            self,
            "Pipeline",
            synth=synth,
            pipeline_type=codepipeline.PipelineType.V2,
            cross_account_keys=True,
            enable_key_rotation=True,
            use_change_sets=False,
        )
        check = pipelines.ShellStep(
            "Check",
            input=synth,
            install_commands=[INSTALL],
            commands=["cdk-eventbridge check --fail-on warning ."],
        )
        pipeline.add_stage(Estate(self, "Prod", services=services, organization_id=organization_id), pre=[check])
        accept_as_made(pipeline)


def build(app: App) -> None:
    """Put the pipeline, and in it the estate, into *app*; a finding stops its synthesis."""
    Validations.of(app).add_plugins(EventBridgeChecks(app))
    PipelineStack(app, "Pipeline")


if __name__ == "__main__":
    app = App()
    build(app)
    app.synth()
