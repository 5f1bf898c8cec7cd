"""The words of a criterion: the vocabularies, what they name in it, and the zones in which they mean something else."""
