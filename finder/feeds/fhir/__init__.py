"""A study as a FHIR R5 ResearchStudy. Only what the registry's record carries; no code is guessed."""

from finder.feeds.fhir.study import research_study

__all__ = ["research_study"]
