"""`python -m cdk_eventbridge_patterns.cli`."""

from cdk_eventbridge_patterns.cli.app import main

if __name__ == "__main__":
    main()
