"""Checks of access: who may publish, who may put rules, and whom a resource lets in besides."""
