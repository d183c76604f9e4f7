"""One event followed through a topology: what each rule, each permission and each target does with it."""

from cdk_eventbridge_patterns.simulation.step import Remedy, Step
from cdk_eventbridge_patterns.simulation.trace import Arrival, BusTrace, Outcome, RuleTrace, TargetTrace, Trace
from cdk_eventbridge_patterns.simulation.tracer import trace

__all__ = ["Arrival", "BusTrace", "Outcome", "Remedy", "RuleTrace", "Step", "TargetTrace", "Trace", "trace"]
