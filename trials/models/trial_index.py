from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, OrderBy, Q
from django.utils.translation import gettext_lazy as _

from trials.models.trial import Trial


def list_order(row: str = "") -> tuple[str | OrderBy, ...]:
    """Open first, then what the registry changed last. `row` leads from what is ordered to its search row."""
    return f"{row}list_rank", F(f"{row}last_update_posted_on").desc(nulls_last=True), f"{row}nct_id"


_OURS = Q(in_scope=True, hidden=False)


class TrialIndex(models.Model):
    """What a search needs of a trial, in one narrow row; made from the trial's own rows by `trials.ingest.index`.

    `terms` are what it can be found by: conditions with all wider ones, drugs, kinds of treatment, sponsors, countries,
    all facets and where its sites are, as `trials.find.terms` writes them. `countries` are those of its sites,
    `open_countries` those of its open sites. `facets` are its values of every facet, as `trials.facets` writes them:
    trials that are alike share the text, so that one grouping counts all facets at once. `list_rank` is its place by
    status, smaller first. `titles` are the words of its titles, conditions and treatments, `texts` those of all that is
    said.
    """

    trial = models.OneToOneField(Trial, on_delete=models.CASCADE, primary_key=True, related_name="index")
    version = models.PositiveSmallIntegerField(_("made by this version of the index"))
    hidden = models.BooleanField(default=False)
    in_scope = models.BooleanField(default=True)
    recruiting = models.BooleanField(default=False)
    list_rank = models.PositiveSmallIntegerField()
    nct_id = models.TextField(blank=True, default="")
    facets = models.TextField()
    terms = ArrayField(models.TextField())
    countries = ArrayField(models.CharField(max_length=2))
    open_countries = ArrayField(models.CharField(max_length=2))
    minimum_age_years = models.FloatField(null=True)
    below_age_years = models.FloatField(null=True)
    first_posted_on = models.DateField(null=True)
    last_update_posted_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    titles = SearchVectorField()
    texts = SearchVectorField()

    class Meta:
        verbose_name = _("search row of a trial")
        indexes = (
            # Most searches stay among the studies of our conditions, a fiftieth of a whole registry: indexes of their
            # own, some of which hold all that is counted, are read in a fiftieth of the time.
            GinIndex("terms", name="index_terms"),
            GinIndex("terms", condition=_OURS, name="index_our_terms"),
            GinIndex("texts", name="index_texts"),
            GinIndex("texts", condition=_OURS, name="index_our_texts"),
            models.Index("facets", condition=_OURS, include=("trial", "first_posted_on"), name="index_facets"),
            models.Index("countries", condition=_OURS, include=("trial",), name="index_countries"),
            # The list that nobody has narrowed yet is read in its order.
            models.Index("in_scope", *list_order(), name="index_list_order"),
        )

    def __str__(self) -> str:
        return self.nct_id or str(self.pk)
