"""Checks of quotas, counted over all accounts."""
