"""Which of the medicines named in a list stand for themselves, for their class, or for nothing."""

import re

from trials.criteria.model import Kind
from trials.criteria.rules.classes import classes_of
from trials.criteria.rules.facts import Scene
from trials.criteria.rules.narrowing import BY_ROUTE
from trials.criteria.wording.terms import Mention

_MEMBERS_FOR_A_CLASS = 3
_MEMBERS_OF = {"tnf-inhibitor": 5}  # all that there are: trials name some of them, each with its own look-back
_BIOLOGIC = re.compile(r"(?<!non)(?<!non-)(?<!non )\bbiologic(?:al)?s?\s*$", re.IGNORECASE)


def chosen(scene: Scene, named: list[Mention]) -> list[Mention]:
    """Without the definitions in brackets, single members of a class, and members beside their own class."""
    named = [_biologic(scene, m) for m in named if not _names_the_next(scene, m, named)]
    return _without_members(scene, _without_definitions(scene, named))


def _biologic(scene: Scene, mention: Mention) -> Mention:
    """ "Investigational biologic DMARDs", where another term has taken the word before."""
    if mention.term.name == "dmard" and _BIOLOGIC.search(scene.text, 0, mention.start):
        return mention._replace(term=mention.term._replace(name="biologic", part="class"))
    return mention


_CONSISTS = re.compile(
    r"(?: therapy| treatment| agents?| drugs?)?\s*(?:\([A-Za-z]{2,8}\))?,? (?:consisting of|defined as|"
    r"namely|limited to|"
    r"restricted to)(?: either)?(?: \w+)? ",
    re.IGNORECASE,
)
_NAMES_THE_LAST = re.compile(
    r"\bas (?:a |an |the |their )?(?:single|sole|only|background|first|first-line|conventional)\s*$", re.IGNORECASE
)


def _names_the_next(scene: Scene, mention: Mention, named: list[Mention]) -> bool:
    """ "For DMARD leflunomide": the class only says what the medicine is."""
    if mention.term.part != "class":
        return _NAMES_THE_LAST.search(scene.text, 0, mention.start) is not None and any(
            m.end < mention.start for m in named
        )
    if any(m.end < mention.start for m in named) and _NAMES_THE_LAST.search(scene.text, 0, mention.start):
        return True
    following = next((m for m in named if m.start > mention.start), None)
    if following is None:
        return False
    between = scene.text[mention.end : following.start]
    if following.term.part not in ("own", "member"):
        return not between.strip() and mention.term.name in classes_of(following.term.name)
    return not re.sub(r"\bagents?\b|\bdrugs?\b", "", between).strip() or _CONSISTS.fullmatch(between) is not None


def _without_members(scene: Scene, named: list[Mention]) -> list[Mention]:
    """A medicine without a slug of its own does not stand for its class in an exclusion, unless so many of its members
    are listed that the class is meant. Beside its class it adds nothing."""
    kept = []
    for mention in named:
        if mention.term.part != "member" or mention.term.name == "glucocorticoids":
            kept.append(mention)
            continue
        same = [m for m in named if m.term.name == mention.term.name]
        if any(m.term.part in ("class", "own") for m in same):
            continue
        written = {scene.text[m.start : m.end].lower() for m in same}
        if scene.kind is Kind.INCLUSION or len(written) >= _MEMBERS_OF.get(mention.term.name, _MEMBERS_FOR_A_CLASS):
            kept.append(mention)
    return kept


def _has_examples(scene: Scene, mention: Mention, named: list[Mention]) -> bool:
    """ "Calcineurin inhibitors (e.g. tacrolimus)", "cytotoxic agents, such as X": the examples say it better."""
    nearest = min((m.start for m in named if m.start >= mention.end), default=len(scene.text))
    between = scene.text[mention.end : nearest]
    return (len(between) < 40 and _EXAMPLES.match(between) is not None) or _LATER_EXAMPLES.search(between) is not None


_EXAMPLES = re.compile(r",?\s*(?:\(|such as|including|like|e\.g)", re.IGNORECASE)


_LATER_EXAMPLES = re.compile(r"\((?:e\.?g\.?|such as|for example|including)[^()]{0,40}$", re.IGNORECASE)


def _without_definitions(scene: Scene, named: list[Mention]) -> list[Mention]:
    """A class that a bracket spells out ("agents that affect T cells (methotrexate, …)") is its members, no more."""
    kept = []
    for mention in named:
        opened = scene.text.find("(", mention.end, mention.end + 30)
        bracket = next((pair for pair in scene.reading.brackets if pair[0] == opened), None) if opened >= 0 else None
        inside = [
            m for m in named if bracket and bracket[0] < m.start < bracket[1] and m.term.part in ("own", "member")
        ]
        if (
            mention.term.part == "narrower"
            and mention.term.name == "immunosuppressant"
            and _has_examples(scene, mention, named)
        ):
            continue
        said = bracket is not None and scene.reading.has(bracket[0], bracket[0] + 15, "example")
        others = [m for m in inside if m.term.name != mention.term.name]
        if mention.term.part == "class" and len(others) >= 2 and not said and mention.term.name not in BY_ROUTE:
            continue
        kept.append(mention)
    return kept
