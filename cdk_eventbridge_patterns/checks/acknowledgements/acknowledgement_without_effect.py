"""ACK001."""

from __future__ import annotations

from cdk_eventbridge_patterns.checks.check import Check
from cdk_eventbridge_patterns.checks.finding import Finding, Severity
from cdk_eventbridge_patterns.topology.acknowledgement import Acknowledgement
from cdk_eventbridge_patterns.topology.location import Location


class AcknowledgementWithoutEffect(Check):
    """An acknowledgement of something that is not found.

    ## Why this matters
    It stays behind after the fault was mended, or names the wrong check, and hides the next fault at that place.

    ## Avoid
        acknowledge(queue, "DLV001", reason="heartbeats only")  # and the queue got its dead letters after all

    ## Prefer
        # the line is gone

    ## What it misses
    Acknowledgements by the CDK's own `Validations.of(…).acknowledge(…)`, which are in no template.

    ## When to acknowledge it
    The same code makes the resource in several stages, and some of them need it.
    """

    id = "ACK001"
    severity = Severity.WARNING
    fix = "take the acknowledgement away, or put its id right"

    def finding(self, location: Location, acknowledgement: Acknowledgement) -> Finding:
        """Return that *acknowledgement*, written at *location*, has no effect."""
        return Finding(
            check_id=self.id,
            severity=self.severity,
            message=f"nothing is found that {acknowledgement.check_id} is acknowledged for: {acknowledgement.reason!r}",
            fix=self.fix,
            location=location,
        )
