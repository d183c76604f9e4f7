"""Checks of flows: what is declared arrives, and nothing else does."""
