"""Official criteria → plain sentences addressed to the reader, where a safe one exists.

A criterion's words are cut into clauses; each clause begins in one of the ways that registry texts begin ("History of
…", "Patients who have …", "No prior …"), and the beginning decides the sentence. What follows is put in plain words,
term by term: where every term is one that we know, the sentence can be said in any language; else in English only.
"""
