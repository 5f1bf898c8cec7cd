"""The whole database as one file, and back: by Postgres's own programs; see docs/deployment.md."""
