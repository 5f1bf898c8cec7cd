"""Optional: a language model drafts plain sentences where our rules have none. Off unless the operator sets it up.

A draft is text for the review desk and nothing else: it is checked like our own sentences, it is stored beside its
source, and no public page reads it.
"""
