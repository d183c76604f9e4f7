"""Checks of deliveries: that a rule reaches its target, and that what fails is not lost."""
