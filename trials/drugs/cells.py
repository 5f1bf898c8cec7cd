"""CAR products that are named by what they are: "universal CD19/BCMA CAR-T", "anti-CD19 CAR NK cells"."""

from collections.abc import Iterator
from functools import cache

from trials.drugs.catalogue import Drug, by_name
from trials.drugs.data import ROWS
from trials.drugs.folding import Words
from trials.drugs.lexicon import Mention

_CAR = frozenset({"car", "cars", "cart", "carts", "ucar", "ucart", "ccar", "chimeric"})
_AFTER_CAR = frozenset(
    {"t", "ts", "nk", "tcell", "tcells", "treg", "tregs", "natural", "gamma", "gammadelta", "regulatory", "foxp"}
)
_NEAR = 3  # words after "CAR" among which the kind of cell stands
_DONOR = frozenset({"universal", "ucar", "ucart", "allogeneic", "allogenic", "donor", "donors", "cord", "shelf"})
_OWN = frozenset({"autologous", "autogenous", "own"})
_REGULATORY = frozenset({"treg", "tregs", "regulatory", "foxp"})
_NAMED_MARKS = frozenset({"bcma", "baff"})
_SECOND_MARKS = frozenset({"20", "22", "70"})  # "CD19/20"
# CD3, CD4 and CD8 tell what the cells are; they are not what the cells look for.
_OWN_MARKS = frozenset({"3", "4", "8", "28", "34"})

_Row = tuple[str, str, frozenset[str]]  # cell, source, marks


@cache
def _rows() -> dict[_Row, Drug]:
    return {
        (row["car"]["cell"], row["car"]["source"], frozenset(row["car"]["marks"])): by_name(row["name"])
        for row in ROWS
        if "car" in row
    }


@cache
def is_car(drug: Drug) -> bool:
    """Whether the drug is one of the answers of this module."""
    return drug in _rows().values() or drug.name == "CAR-Treg cells"


def names_car(words: Words) -> bool:
    """Whether the words may name a CAR product at all: a quick look."""
    return not _CAR.isdisjoint(words.keys)


def _marks(keys: list[str]) -> Iterator[str]:
    """What the cells look for: "CD19", "BCMA", "BAFFR"."""
    for at, (word, following) in enumerate(zip(keys, [*keys[1:], ""], strict=True)):
        if word == "cd" and following.isdigit() and following not in _OWN_MARKS:
            yield f"CD{following}"
            if keys[at + 2 : at + 3] and keys[at + 2] in _SECOND_MARKS:
                yield f"CD{keys[at + 2]}"
        elif word in ("cart", "ucart") and following == "19" and keys[at - 1 : at] != ["mb"]:
            yield "CD19"
        elif word in _NAMED_MARKS:
            yield "BAFFR" if word == "baff" and following == "r" else word.upper()


def _source(keys: list[str]) -> str:
    text = " ".join(keys)
    if "in vivo" in text or "in situ" in text or "lentiviral vector drug" in text:
        return "in vivo"
    donor = not _DONOR.isdisjoint(keys) or "u car" in text
    own = not _OWN.isdisjoint(keys)
    return "" if donor == own else "donor" if donor else "own"


def _product(keys: list[str], everything: list[str]) -> Drug:
    """The product of a part of a text; where it comes from may stand anywhere in the text."""
    if not _REGULATORY.isdisjoint(keys):
        return by_name("CAR-Treg cells")
    cell = "NK" if "nk" in keys or "killer" in keys else "T"
    marks = frozenset() if "or" in keys else frozenset(_marks(keys))
    source = _source(everything)
    rows = _rows()
    for row in ((cell, source, marks), (cell, source, frozenset[str]()), (cell, "", marks)):
        if row in rows:
            return rows[row]
    return rows[cell, "", frozenset()]


def _places(keys: list[str]) -> Iterator[int]:
    for at, word in enumerate(keys):
        if word not in _CAR:
            continue
        if word == "chimeric":
            if keys[at + 1 : at + 2] == ["antigen"]:
                yield at
        elif word != "car" or not _AFTER_CAR.isdisjoint(keys[at + 1 : at + 1 + _NEAR]):
            yield at


def car_mentions(words: Words, parts: list[int]) -> list[Mention]:
    """The CAR products of a text. `parts` tells for each word to which part between two joining words it belongs.

    With one mention of a CAR the marks may stand in any part ("anti-BCMA and CD19 CAR-T"); with more, each in its own
    ("BCMA CAR-T + CD19 CAR-T").
    """
    places = list(_places(words.keys)) if names_car(words) else []
    if len({parts[at] for at in places}) < 2:
        return [Mention(_product(words.keys, words.keys), at, at + 1) for at in places[:1]]
    found = []
    for at in places:
        own = [word for word, part in zip(words.keys, parts, strict=True) if part == parts[at]]
        found.append((Mention(_product(own, words.keys), at, at + 1), any(_marks(own))))
    marked = any(has_marks for _, has_marks in found)
    return [mention for mention, has_marks in found if has_marks or not marked]
