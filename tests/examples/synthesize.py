"""Synthesizes every example into a folder of its own, below the one that is given.

Run as a process of its own: whether the CDK validates templates is read from the environment once, when Node starts.
`app.py` is run as the CDK's CLI runs it, into `CDK_OUTDIR`. Packs of cdk-nag judge each app besides. What they and
the CDK's own validation find is in `validation-report.json`, and stops nothing here.
"""

from __future__ import annotations

import runpy
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import aws_cdk
from aws_cdk import App, Stack, Validations
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_sqs as sqs
from cdk_nag import AwsSolutionsChecks, NIST80053R5Checks, ServerlessChecks

from examples.aws_events import app as aws_events
from examples.cross_region import app as cross_region
from examples.direct_targets import app as direct_targets
from examples.idempotent_consumer import app as idempotent_consumer
from examples.pipeline import app as pipeline
from examples.shop import app as shop
from examples.single_bus import app as single_bus
from examples.two_apps import billing_app, orders_app

BROKEN = "broken"
BUILDERS = {
    "shop": shop.build,
    "single_bus": single_bus.build,
    "direct_targets": direct_targets.build,
    "cross_region": cross_region.build,
    "orders": orders_app.build,
    "billing": billing_app.build,
    "aws_events": aws_events.build,
    "idempotent_consumer": idempotent_consumer.build,
}


class JudgedApp(App):
    """An app that the packs of others judge."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        Validations.of(self).add_plugins(AwsSolutionsChecks(self), ServerlessChecks(self), NIST80053R5Checks(self))


@contextmanager
def reported() -> Iterator[None]:
    """Go on where something is found, which is in the report then."""
    try:
        yield
    except RuntimeError as error:
        if "ValidationFailed" not in str(error):
            raise


def main(folder: Path) -> None:
    """Synthesize them all, and one that is broken."""
    aws_cdk.App = JudgedApp  # type: ignore[misc]
    with reported():
        runpy.run_path("app.py", run_name="__main__")
    for name, build in {**BUILDERS, "pipeline": pipeline.build, BROKEN: broken}.items():
        app = JudgedApp(outdir=str(folder / name))
        build(app)
        with reported():
            app.synth()


def broken(app: App) -> None:
    """Put a queue into *app* that has no dead-letter queue and keeps messages too shortly, and an alarm for nobody."""
    stack = Stack(app, "Broken")
    sqs.CfnQueue(stack, "Queue", message_retention_period=5)
    cloudwatch.CfnAlarm(
        stack,
        "Alarm",
        namespace="AWS/SQS",
        metric_name="ApproximateNumberOfMessagesVisible",
        statistic="Maximum",
        period=300,
        comparison_operator="GreaterThanThreshold",
        evaluation_periods=1,
        threshold=0,
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
