"""`manage.py bench reading FILE…`: how well and how fast typed searches are read.

FILE are lists of searches with what is meant by them (tests/trials/search/queries.toml shows the shape). A search is
understood when all that is meant is read for certain and nothing else is; asked back when what is meant is among the
questions; silently wrong when something is read for certain that is not meant. Places and sponsors are those that the
file names: what a database finds by name is not measured. The time is that of one reading, the median of some.
"""

import sys
import time
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from trials import conditions
from trials.search import Kind, Reading, read

ROUNDS = 5
_FIELDS: Mapping[str, Kind] = {
    "conditions": Kind.CONDITION, "drugs": Kind.DRUG, "sponsor": Kind.SPONSOR, "place": Kind.PLACE,
    "country": Kind.COUNTRY, "age": Kind.AGE, "sex": Kind.SEX, "status": Kind.STATUS, "phase": Kind.PHASE,
    "phases": Kind.PHASE, "older_than": Kind.OVER_AGE, "placebo": Kind.PLACEBO, "set_aside": Kind.SET_ASIDE,
    "unknown_place": Kind.UNKNOWN_PLACE, "study_type": Kind.STUDY_TYPE, "study_id": Kind.STUDY_ID,
    "radius_km": Kind.RADIUS,
}  # fmt: skip
# What may be read beside what the list says: it narrows nothing that the list would have left wide.
_UNTOLD = frozenset({Kind.CHILDREN, Kind.RADIUS})
_SHORT_NAMES = {"GSK": "GlaxoSmithKline"}
Values = Mapping[Kind, frozenset[str]]


@dataclass(frozen=True)
class Listed:
    """The places and sponsors that a list of searches names, in any case."""

    places: Mapping[str, str]
    sponsors: Mapping[str, str]

    @classmethod
    def of(cls, rows: Iterable[Mapping[str, Any]]) -> "Listed":
        rows = list(rows)
        places = {row["place"].casefold(): row["place"] for row in rows if row.get("place")}
        sponsors = {row["sponsor"].casefold(): row["sponsor"] for row in rows if row.get("sponsor")}
        for short, name in _SHORT_NAMES.items():
            sponsors.setdefault(short.casefold(), name)
        return cls(places, sponsors)

    def place(self, text: str) -> str | None:
        return self.places.get(text.casefold())

    def town(self, text: str) -> str | None:
        return self.place(text)

    def sponsor(self, text: str) -> str | None:
        return self.sponsors.get(text.casefold())


@dataclass
class Verdict:
    """`missing` and `wrong` name what is meant and not read for certain, and what is read so and not meant."""

    text: str
    missing: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        return "wrong" if self.wrong else "missed" if self.missing else "asked" if self.asked else "understood"


def rows_of(path: Path) -> list[dict[str, Any]]:
    return list(tomllib.loads(path.read_text(encoding="utf-8"))["query"])


def _as_list(value: Any) -> list[str]:
    return (
        [str(one) for one in value]
        if isinstance(value, list)
        else [f"{value:g}" if isinstance(value, float) else str(value)]
    )


def _kinds_of(word: str) -> frozenset[str]:
    """The values of a kind of treatment, however the list calls it: a slug, a class or what people type."""
    typed = read(word).values(Kind.DRUG_KIND)
    return frozenset(typed or (word,))


def meant(row: Mapping[str, Any]) -> dict[Kind, frozenset[str]]:
    """What a row of the list says, by kind. Statuses and phases may be told in small letters."""
    found: dict[Kind, set[str]] = {}
    for name, kind in _FIELDS.items():
        if row.get(name) not in (None, "", []):
            values = _as_list(row[name])
            if kind in (Kind.STATUS, Kind.PHASE, Kind.SEX, Kind.COUNTRY, Kind.STUDY_TYPE):
                values = [value.upper().replace(" ", "") if kind is Kind.PHASE else value.upper() for value in values]
            found.setdefault(kind, set()).update(values)
    for word in row.get("kinds", ()):
        found.setdefault(Kind.DRUG_KIND, set()).update(_kinds_of(word))
    return {kind: frozenset(values) for kind, values in found.items()}


def judged(row: Mapping[str, Any], reading: Reading) -> Verdict:
    """Whether a reading says what the row says. One of several statuses will do; the row tells the plainest."""
    verdict, wanted = Verdict(row["text"]), meant(row)
    offered = {Kind.CONDITION: frozenset(row.get("asks", ())), Kind.DRUG: frozenset(row.get("asks_drugs", ()))}
    for kind in Kind:
        sure, unsure = set(reading.values(kind)), set(reading.values(kind, certain=False))
        want = wanted.get(kind, frozenset())
        lacking = set() if kind is Kind.STATUS and want & sure else want - sure
        verdict.asked += sorted(f"{kind} {value}" for value in lacking & unsure)
        verdict.missing += sorted(f"{kind} {value}" for value in lacking - unsure)
        extra = set() if (kind in _UNTOLD and not want) or (kind is Kind.STATUS and want & sure) else sure - want
        if row.get("ambiguous") and kind is Kind.CONDITION and want & sure:  # any of them will do
            verdict.missing = [name for name in verdict.missing if not name.startswith(kind)]
            verdict.asked = [name for name in verdict.asked if not name.startswith(kind)]
        if kind is Kind.CONDITION:  # wider than meant finds too much, and nothing that is wrong
            extra -= {wider for slug in want for wider in conditions.ancestors(slug)}
        verdict.wrong += sorted(f"{kind} {value}" for value in extra)
        verdict.missing += sorted(f"{kind} {value}" for value in offered.get(kind, frozenset()) - unsure)
    return verdict


def judge(rows: list[dict[str, Any]]) -> Iterator[Verdict]:
    names = Listed.of(rows)
    for row in rows:
        yield judged(row, read(row["text"], names))


def milliseconds(work: Callable[[], object]) -> float:
    times = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return median(times) * 1_000


def main() -> None:
    paths = [Path(argument) for argument in sys.argv[1:]]
    if not paths:
        sys.exit(__doc__)
    for path in paths:
        report(path)


def report(path: Path) -> None:
    rows = rows_of(path)
    names = Listed.of(rows)
    verdicts = list(judge(rows))
    counts = Counter(verdict.name for verdict in verdicts)
    print(f"{path.name}: {len(rows)} searches")
    for name in ("understood", "asked", "missed", "wrong"):
        print(f"  {name:12}{counts[name]:5}{counts[name] / len(rows):8.1%}")
    for verdict in verdicts:
        if verdict.name != "understood":
            said = [("not read", verdict.missing), ("asked", verdict.asked), ("WRONG", verdict.wrong)]
            print(f"    {verdict.text!r}: " + "; ".join(f"{what} {', '.join(which)}" for what, which in said if which))
    times: dict[bool, list[float]] = {False: [], True: []}
    for row in rows:
        text = row["text"]
        corrected = any(part.corrected_to for part in read(text, names).parts)
        times[corrected].append(milliseconds(lambda text=text: read(text, names)))  # type: ignore[misc]
    for corrected, taken in times.items():
        if len(taken) > 1:
            last = quantiles(taken, n=20, method="inclusive")[18]
            name = "misspelled" if corrected else "as written"
            print(f"  {name:12} median {median(taken):.2f} ms, p95 {last:.2f} ms, longest {max(taken):.2f} ms")


if __name__ == "__main__":
    main()
