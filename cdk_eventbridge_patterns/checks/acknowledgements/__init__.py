"""Checks of acknowledgements: that each still has something to acknowledge."""
