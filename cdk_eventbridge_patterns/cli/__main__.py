"""`python -m cdk_eventbridge_patterns.cli`."""

from cdk_eventbridge_patterns.cli.app import main

main()
