"""The command line: `cdk-eventbridge`."""

from cdk_eventbridge_patterns.cli.app import main

__all__ = ["main"]
