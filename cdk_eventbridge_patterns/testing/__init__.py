"""Helpers for the tests of teams that use this library, and for its own."""
