"""Migrations of the tables, each forwards and backwards."""
