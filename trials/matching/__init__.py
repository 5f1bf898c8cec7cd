"""A patient's answers held against the criteria of studies: which may fit, which do not and why, what is still open.

Three-valued throughout: what is not known decides nothing. Pure: no Django, no database, and nothing is kept.
"""
