"""Checks of the shape of a topology: that events can take the ways that rules lay for them."""
