"""Eligibility text → tree of criteria → rules that a machine can check. Pure: no Django, no database."""
