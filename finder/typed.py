"""What somebody typed into the search box, as parts of a search."""

from dataclasses import dataclass

from trials.drugs import drugs
from trials.find import sponsors_called
from trials.find.terms import drug_term, sponsor_term
from trials.gazetteer import BIG_TOWN, find_place
from trials.models import Place
from trials.places.folding import place_key
from trials.search import Free, Kind, Part, Reading, members, read, without

_DRUG_NAMES = frozenset(drug.name for drug in drugs())


@dataclass(frozen=True, slots=True)
class Typed:
    """The text with its reading. `places` and `sponsors` are what the database knows by the names in it: those of the
    same name by the token of the best, and all sponsors that one word may mean.
    """

    text: str
    reading: Reading
    places: dict[str, list[Place]]
    sponsors: dict[str, tuple[str, ...]]

    def values(self, kind: Kind) -> tuple[str, ...]:
        return self.reading.values(kind)

    @property
    def certain(self) -> tuple[Part, ...]:
        return tuple(part for part in self.reading.parts if part.certain)

    @property
    def unsure(self) -> tuple[Part, ...]:
        return tuple(part for part in self.reading.parts if not part.certain)

    @property
    def words(self) -> str:
        """What is looked for as words of the records: what names nothing we know, and drugs that no list of ours has.

        Where all is unsure, or nothing can be read at all, what was typed is looked for; not so what somebody takes.
        """
        free = [f'"{one.text}"' if one.quoted else one.text for one in self.reading.rest]
        unlisted = [part.matched for part in self.certain if part.kind is Kind.DRUG and not _listed(part)]
        asked = [] if self.certain or free else [part.matched for part in self.unsure if not part.taken]
        found = " ".join([*free, *unlisted, *asked])
        return found or ("" if self.reading.parts else self.text)

    @property
    def treatments(self) -> frozenset[str]:
        """Index terms: a study that tests any of what is named."""
        names = {value for part in self.certain if part.kind is Kind.DRUG and _listed(part) for value in part.values}
        names.update(*(members(value) for value in self.values(Kind.DRUG_KIND)))
        return frozenset(map(drug_term, names))

    @property
    def sponsor_terms(self) -> frozenset[str]:
        named = self.values(Kind.SPONSOR)
        return frozenset(sponsor_term(name) for one in named for name in self.sponsors.get(one, (one,)))

    @property
    def unknown_place(self) -> str:
        """The words that must name a place, where nothing that we know is called so."""
        return next(iter(self.values(Kind.UNKNOWN_PLACE)), "") if not self.places_named else ""

    @property
    def places_named(self) -> list[Place]:
        """The place that is named, and others of the same name."""
        return next((self.places[token] for token in self.values(Kind.PLACE) if token in self.places), [])

    def without(self, part: Part | Free) -> str:
        """The text without one of its parts."""
        span = part if isinstance(part, Part) else Part(Kind.CONDITION, part.start, part.end, part.text, ())
        return without(self.text, span)


def _listed(part: Part) -> bool:
    return _DRUG_NAMES.issuperset(part.values)


class _Database:
    """The names that the database knows, kept as they are found."""

    def __init__(self) -> None:
        self.places: dict[str, list[Place]] = {}
        self.sponsors: dict[str, tuple[str, ...]] = {}

    def place(self, text: str) -> str | None:
        found = find_place(text)
        if not found:
            return None
        self.places[found[0].token] = found
        return found[0].token

    def town(self, text: str) -> str | None:
        token = self.place(text)
        if token is None or token.isdigit():
            return None
        best = self.places[token][0]
        # A small town that is not called by the whole text stands there with its state or country.
        known = best.population >= BIG_TOWN or not best.names.filter(folded=place_key(text)).exists()
        return token if known else None

    def sponsor(self, text: str) -> str | None:
        names = sponsors_called(text)
        if not names:
            return None
        shortest = min(names, key=len)
        self.sponsors[shortest] = tuple(names)
        return shortest


def read_typed(text: str) -> Typed:
    """Read the text; asks the database for places and sponsors only where words are left that may name one."""
    names = _Database()
    return Typed(text, read(text, names), names.places, names.sponsors)
