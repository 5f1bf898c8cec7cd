"""Criteria → criteria with rules. When in doubt no rule: a wrong one can hide a study from somebody who could have
joined."""

from trials.criteria.rules.study import with_rules

__all__ = ["with_rules"]
