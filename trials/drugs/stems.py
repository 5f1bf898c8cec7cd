"""What the ending of an international non-proprietary name tells: "…mab" is an antibody, "…tinib" blocks a kinase."""

from trials.drugs.catalogue import Drug
from trials.drugs.data import WORDS

# The longest ending first: "…citinib" tells more than "…tinib".
_STEMS: tuple[tuple[str, str, int], ...] = tuple(
    sorted(
        ((row["ending"], row["kind"], row["shortest"]) for row in WORDS["stems"]),
        key=lambda stem: -len(stem[0]),
    )
)
_ENDINGS = tuple(stem[0] for stem in _STEMS)
_NEVER = frozenset(WORDS["no_stems"])
_PAYLOADS = tuple(WORDS["payloads"])


def by_stem(word: str) -> Drug | None:
    """A drug of the word's own name, for a folded word that ends in one of the stems; None for any other word."""
    if not word.endswith(_ENDINGS) or word in _NEVER:
        return None
    for ending, kind, shortest in _STEMS:
        if word.endswith(ending) and len(word) >= shortest:
            return Drug(name=word, kind=kind)
    return None


def armed(drug: Drug, following: str) -> Drug | None:
    """The antibody with the drug that the following word says it carries: "trastuzumab deruxtecan"; else None."""
    if drug.kind != "antibody" or not drug.name.endswith("mab") or not following.endswith(_PAYLOADS):
        return None
    return Drug(name=f"{drug.name} {following}", kind="armed-antibody")
