"""Whoever answers: a vendor that is never the slowest part, and a plain ASGI application for the simulator's floor."""
