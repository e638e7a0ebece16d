"""The API of a site: what the pages show and do, for programs with a token (docs/web/api.md)."""
