from enum import StrEnum

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from trials.language import country_name, locale
from trials.models.fields import holds_token
from trials.places.distance import Point

IN_LATIN = Q(folded__regex="^[a-z]")  # the names among which misspelled ones are looked for


class PlaceKind(StrEnum):
    CITY = "CITY"
    ZIP = "ZIP"


class Place(models.Model):
    """Somewhere that people say they are: a town of GeoNames under its number there, or a US ZIP code with its town.

    Written by `trials.ingest.places` only. `region` is the state of a place in the US, `country_code` is of
    ISO 3166-1 (alpha-2), and `name_zh` is empty where no Chinese name is certain.
    """

    id = models.BigIntegerField(primary_key=True)
    kind = models.CharField(max_length=4, choices=[(kind.value, kind.value) for kind in PlaceKind])
    name = models.TextField()
    name_zh = models.TextField(blank=True, default="")
    region = models.TextField(blank=True, default="")
    country_code = models.CharField(max_length=2)
    latitude = models.FloatField()
    longitude = models.FloatField()
    population = models.PositiveIntegerField(default=0)
    postal_code = models.CharField(max_length=5, blank=True, default="")

    class Meta:
        constraints = (
            holds_token("kind", PlaceKind, name="place_kind_known", empty=False),
            models.CheckConstraint(name="place_country_code_form", condition=Q(country_code__regex=r"^[A-Z]{2}$")),
            models.CheckConstraint(
                name="place_point_on_earth", condition=Q(latitude__range=(-90, 90), longitude__range=(-180, 180))
            ),
            models.CheckConstraint(
                name="place_postal_code_of_zip",
                condition=Q(kind=PlaceKind.ZIP.value, postal_code__regex=r"^[0-9]{5}$")
                | Q(kind=PlaceKind.CITY.value, postal_code=""),
            ),
        )

    def __str__(self) -> str:
        return self.label

    @property
    def token(self) -> str:
        """What stands for the place in an address: "g2644688", or the ZIP code."""
        return self.postal_code or f"g{self.pk}"

    @property
    def label(self) -> str:
        """ "Leeds, United Kingdom", the country in the page's language; "Portland, Oregon 97201, United States"."""
        name = self.name_zh if self.name_zh and locale().language == "zh" else self.name
        parts = [name, self.region] if self.region else [name]
        if self.postal_code:
            parts[-1] += f" {self.postal_code}"
        return ", ".join([*parts, country_name(self.country_code)])

    @property
    def point(self) -> Point:
        return Point(self.latitude, self.longitude)


class PlaceName(models.Model):
    """One of a place's names, in any language, as `place_key` folds it; of one name the heaviest comes first.

    Both tables are written together and wholly, so the database need not check each link: that takes half the time.
    """

    place = models.ForeignKey(
        Place, on_delete=models.DO_NOTHING, related_name="names", db_constraint=False, db_index=False
    )
    folded = models.TextField()
    weight = models.IntegerField()

    class Meta:
        indexes = (
            # Whole names and their beginnings; the rest of the row lies in it, for the list while somebody types.
            models.Index(
                name="place_name_begins", fields=["folded"], opclasses=["text_pattern_ops"], include=["weight", "place"]
            ),
            GinIndex(name="place_name_misspelled", fields=["folded"], opclasses=["gin_trgm_ops"], condition=IN_LATIN),
        )

    def __str__(self) -> str:
        return self.folded
