"""Publishes generations in a database, beside those that it has."""
