"""Synthesizes every example into a folder of its own, below the one that is given.

Run as a process of its own: whether the CDK validates templates is read from the environment once, when Node starts.
`app.py` is run as the CDK's CLI runs it, into `CDK_OUTDIR`.
"""

from __future__ import annotations

import runpy
import sys
from contextlib import suppress
from pathlib import Path

from aws_cdk import App, Stack
from aws_cdk import aws_sqs as sqs

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


def main(folder: Path) -> None:
    """Synthesize them all, and one that is broken."""
    runpy.run_path("app.py", run_name="__main__")
    # The pipeline's own resources are as the CDK makes them, so not all is asked of it that is of the others.
    for name, build in {**BUILDERS, "pipeline": pipeline.build}.items():
        app = App(outdir=str(folder / name))
        build(app)
        app.synth()
    with suppress(RuntimeError):  # what it finds is in its report
        _broken(folder).synth()


def _broken(folder: Path) -> App:
    """Return an app with a queue that keeps messages for a shorter time than SQS allows."""
    app = App(outdir=str(folder / BROKEN))
    sqs.CfnQueue(Stack(app, "Broken"), "Queue", message_retention_period=5)
    return app


if __name__ == "__main__":
    main(Path(sys.argv[1]))
