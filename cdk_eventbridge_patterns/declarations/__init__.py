"""Declarations that stand in data files, read to what Python would declare."""
