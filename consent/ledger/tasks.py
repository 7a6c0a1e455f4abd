"""Periodic work of the ledger."""
