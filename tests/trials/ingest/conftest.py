from trials.models import ImportRun


def counts(run: ImportRun) -> tuple[int, int, int, int]:
    """How many records of a run were new, changed, known already, or not to be stored."""
    return run.created, run.updated, run.unchanged, run.failed
