"""Contracts from documents: JSON Schema files and AsyncAPI documents, read from a folder and nowhere else."""
