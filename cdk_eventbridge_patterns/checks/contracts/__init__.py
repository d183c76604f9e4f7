"""Checks of contracts: that rules match what is published."""
