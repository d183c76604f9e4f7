"""Checks of encryption: that every key lets in who has to use it, and nobody else."""
