"""What watches buses that were not made here."""

from cdk_eventbridge_patterns.observability.bus_monitoring import BusMonitoring

__all__ = ["BusMonitoring"]
