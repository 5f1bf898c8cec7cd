"""ClinicalTrials.gov, API v2."""

from trials.registries.ctgov.merge import completed_from
from trials.registries.ctgov.reader import end_of, is_complete, read_study, study_id, version_date

__all__ = ["completed_from", "end_of", "is_complete", "read_study", "study_id", "version_date"]
