"""The words that say what is looked for, in one table: statuses, sexes, countries, drugs in the site's languages."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import pycountry
from babel import Locale

from trials import drugs
from trials.drugs.data import ROWS
from trials.plain_language.tongue import LANGUAGES, tongue
from trials.search.data import WORDS
from trials.search.kinds import is_read, values_of
from trials.search.model import Kind
from trials.search.tokens import Token, keys_of

Keys = tuple[str, ...]
_SHORTEST_CODE = 3  # letters of an abbreviation that counts in small letters too
DOUBTS = frozenset(keys_of(word) for word in WORDS["doubts"]["drugs"])


@dataclass(frozen=True, slots=True)
class Phrase:
    """`kind` is None for words that only look like something. `beside`: sure only beside a word for a study."""

    kind: Kind | None
    values: tuple[str, ...] = ()
    beside: bool = False
    unsure: bool = False


def _listed() -> Iterator[tuple[str, Phrase]]:
    for row in WORDS["phrase"]:
        kind = Kind(row["kind"]) if row["kind"] else None
        phrase = Phrase(kind, tuple(row.get("values", ())), row.get("beside", False), row.get("unsure", False))
        yield from ((word, phrase) for word in row["words"])


def drug_phrase(drug: drugs.Drug, *, unsure: bool = False) -> Phrase:
    """What the name of a drug asks for: the drug, or all that belong to its class."""
    kind = Kind.DRUG_KIND if drug.generic else Kind.DRUG
    return Phrase(kind, values_of(drug), unsure=unsure)


def _drug_words() -> Iterator[tuple[str, Phrase]]:
    """Names that the finder of drugs, made for English, lacks: those of the catalogues, and codes in small letters."""
    for word, name in WORDS["drugs"].items():
        yield word, drug_phrase(drugs.by_name(name))
    for row, drug in zip(ROWS, drugs.drugs(), strict=True):
        if not is_read(drug):
            continue
        phrase = drug_phrase(drug)
        yield from ((code, phrase) for code in row.get("cased", ()) if len(code) >= _SHORTEST_CODE)
        for lang in LANGUAGES:
            said = tongue(lang).say(drug.name)
            if said != drug.name:
                yield said, phrase


def country_words() -> Iterator[tuple[str, str]]:
    """Names of countries in the site's languages, with their codes."""
    for code, words in WORDS["countries"].items():
        if code not in ("doubtful", "none"):
            yield from ((word, code) for word in words)
    locales = [Locale.parse(name) for name in LANGUAGES.values()]
    for country in pycountry.countries:
        names = {locale.territories.get(country.alpha_2) for locale in locales} | {country.name}
        yield from ((name, country.alpha_2) for name in names if name)


DOUBTFUL_COUNTRIES = frozenset(keys_of(word) for word in WORDS["countries"]["doubtful"])


@dataclass(frozen=True, slots=True)
class Table:
    """Phrases by their words, and of each first word how many words its longest phrase has."""

    phrases: dict[Keys, Phrase]
    longest: dict[str, int]


def table_of(pairs: Iterable[tuple[str, Phrase]]) -> Table:
    """The table of phrases; of two with the same words the first counts."""
    phrases: dict[Keys, Phrase] = {}
    for word, phrase in pairs:
        keys = keys_of(word)
        if keys:
            phrases.setdefault(keys, Phrase(phrase.kind, phrase.values, phrase.beside, phrase.unsure or keys in DOUBTS))
    return Table(phrases, _longest(phrases))


def _longest(phrases: Iterable[Keys]) -> dict[str, int]:
    longest: dict[str, int] = {}
    for keys in phrases:
        longest[keys[0]] = max(longest.get(keys[0], 0), len(keys))
    return longest


@cache
def table() -> Table:
    """All phrases, built once (about 60 ms)."""
    return table_of([*_listed(), *_drug_words()])


@cache
def country_table() -> Table:
    """Names of countries, and what only looks like one."""
    nowhere = [(word, Phrase(None)) for word in WORDS["countries"]["none"]]
    return table_of([*nowhere, *((word, Phrase(Kind.COUNTRY, (code,))) for word, code in country_words())])


def longest_at(tokens: Sequence[Token], at: int, upto: int, among: Table) -> tuple[int, Phrase] | None:
    """The longest phrase that begins at a token and ends before `upto`, as (end, phrase)."""
    most = min(among.longest.get(tokens[at].key, 0), upto - at)
    for length in range(most, 0, -1):
        phrase = among.phrases.get(tuple(token.key for token in tokens[at : at + length]))
        if phrase:
            return at + length, phrase
    return None


def word_set(*groups: Iterable[str]) -> frozenset[Keys]:
    """The folded words of lists of the data file."""
    return frozenset(keys_of(word) for group in groups for word in group)


_JOINING = WORDS["joining"]
STUDY = word_set(_JOINING["study"])
JOINING = word_set(_JOINING["en"], _JOINING["es"], _JOINING["zh"], _JOINING["study"])
ORDINARY = frozenset(keys[0] for keys in word_set(WORDS["ordinary"]["words"]))
NO_TOWNS = frozenset(keys[0] for keys in word_set(WORDS["ordinary"]["no_towns"]))
PART_OF = word_set(WORDS["where"]["part_of"])
STRONG = word_set(WORDS["where"]["strong"])
WEAK = word_set(WORDS["where"]["weak"])
RADIUS_WORDS = word_set(WORDS["where"]["radius"])
AFTER = word_set(WORDS["where"]["after"])
TAKEN = word_set(WORDS["taken"]["words"])
UNLESS = word_set(WORDS["taken"]["unless"])
DENIED = word_set(WORDS["denied"]["words"])
