"""The domain of the trial finder: registry records, conditions, places, tables, import."""

VERSION = "0.1.0"
