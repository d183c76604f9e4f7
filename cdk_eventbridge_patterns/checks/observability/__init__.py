"""Checks of what is watched: that losses are noticed, and that what watches sees something."""
