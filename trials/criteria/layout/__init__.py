"""Eligibility text → the tree of its criteria: layout only, no wording changes."""
