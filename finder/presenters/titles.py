"""What a study is called on our pages."""

from trials.models import Trial


def title_of(trial: Trial) -> str:
    """The editor's plain title, else the registry's, else the id: never nothing."""
    editorial = getattr(trial, "editorial", None)
    plain = editorial.plain_title if editorial else ""
    return plain or trial.brief_title or trial.official_title or str(trial.nct_id)
