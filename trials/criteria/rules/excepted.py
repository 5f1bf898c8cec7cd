"""Classes of medicines that an exception or a permission opens in part."""

from trials.criteria.rules.classes import classes_of
from trials.criteria.rules.facts import Scene
from trials.criteria.wording.terms import Mention
from trials.criteria.wording.zones import Sort


def has_allowed_member(scene: Scene, mention: Mention, end: int) -> bool:
    """ "No DMARDs within 4 weeks. Methotrexate is allowed.": the class is not meant as a whole."""
    return mention.term.part == "class" and any(
        zone.start <= m.start < zone.end and mention.term.name in classes_of(m.term.name)
        for zone in scene.zones.of(Sort.PERMISSION)
        if zone.start >= end
        for m in scene.reading.of("treatment")
    )


def is_opened(scene: Scene, mention: Mention, end: int) -> bool:
    """ "Immunosuppressants except X" opens the class alone; "unless B cells are back" everything before it."""
    for zone in scene.zones.of(Sort.EXCEPTION):
        if not mention.end <= zone.cue < end:
            continue
        named = [m for m in scene.reading.of("treatment", "drug") if zone.start <= m.start < zone.end]
        between = [
            m
            for m in scene.reading.of("treatment")
            if mention.end <= m.start < zone.cue
            and m.term.name != mention.term.name
            and not (
                mention.term.part == "class"
                and (scene.reading.bracket(m.start) or scene.zones.at(m.start, Sort.EXAMPLE))
            )
        ]
        if not named or not between or any(mention.term.name in classes_of(m.term.name) for m in named):
            return True
    return False
