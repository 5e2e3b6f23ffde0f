"""Connections to the database, let go of."""

from django.db import connections


def let_go():
    """Close what this process has opened, and its pools: their threads survive neither a fork nor the end."""
    for connection in connections.all(initialized_only=True):
        connection.close()
        if hasattr(connection, "close_pool"):
            connection.close_pool()
