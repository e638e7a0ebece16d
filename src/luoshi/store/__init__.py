"""The only room that knows SQL: tables, the append-only record, functions named like sentences. Needs Django."""
