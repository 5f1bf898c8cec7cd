from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from trials import vocab as v
from trials.models.fields import holds_token, token_field
from trials.models.study_parts import TrialPart
from trials.models.trial import Trial


class Site(TrialPart):
    """A place where the study runs. An empty status means: as the whole study."""

    # The index `site_of_trial` begins with it.
    trial = models.ForeignKey(Trial, on_delete=models.CASCADE, related_name="sites", db_index=False)
    facility = models.TextField(blank=True, default="")
    city = models.TextField(blank=True, default="")
    state = models.TextField(blank=True, default="")
    postal_code = models.TextField(blank=True, default="")
    country_code = models.CharField(
        _("country"), max_length=2, blank=True, default="", help_text=_("ISO 3166-1 alpha-2")
    )
    country_text = models.TextField(_("country as the registry writes it"), blank=True, default="")
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    status = token_field(v.RecruitmentStatus)
    # By `vocab.site_is_open`; kept here for filters and partial indexes.
    recruiting = models.BooleanField(default=False)

    class Meta(TrialPart.Meta):
        verbose_name = _("site")
        indexes = (
            models.Index("country_code", "trial", name="site_country"),
            # All that tells what is near and open, without a look at the rows.
            models.Index(
                "trial",
                include=("latitude", "longitude", "country_code", "recruiting"),
                name="site_of_trial",
            ),
            # For the names by which a clinic finds its own sites (`trials.partner_sites`).
            GinIndex(
                fields=["facility"], opclasses=["gin_trgm_ops"], condition=Q(recruiting=True), name="open_site_facility"
            ),
        )
        constraints = (
            models.CheckConstraint(name="site_country_code_form", condition=Q(country_code__regex=r"^([A-Z]{2})?$")),
            models.CheckConstraint(
                name="site_point_on_earth",
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(
                    latitude__isnull=False,
                    longitude__isnull=False,
                    latitude__range=(-90, 90),
                    longitude__range=(-180, 180),
                ),
            ),
            holds_token("status", v.RecruitmentStatus, name="site_status_known"),
        )

    def __str__(self) -> str:
        return ", ".join(part for part in (self.facility, self.city, self.country_code) if part) or str(
            _("Unnamed site")
        )


class Contact(TrialPart):
    """Whom to ask. `hidden` names the rule that keeps the contact off the pages until an editor decides."""

    trial = models.ForeignKey(Trial, on_delete=models.CASCADE, related_name="contacts")
    site = models.ForeignKey(Site, on_delete=models.CASCADE, null=True, blank=True, related_name="contacts")
    kind = token_field(v.ContactKind)
    name = models.TextField(blank=True, default="")
    role = models.CharField(max_length=64, blank=True, default="")
    phone = models.TextField(blank=True, default="")
    email = models.TextField(blank=True, default="")
    affiliation = models.TextField(blank=True, default="")
    hidden = models.CharField(max_length=64, blank=True, default="")

    class Meta(TrialPart.Meta):
        verbose_name = _("contact")
        constraints = (
            holds_token("kind", v.ContactKind, name="contact_kind_known", empty=False),
            models.CheckConstraint(
                name="contact_site_when_of_site",
                condition=Q(kind=v.ContactKind.SITE, site__isnull=False)
                | (~Q(kind=v.ContactKind.SITE) & Q(site__isnull=True)),
            ),
        )

    def __str__(self) -> str:
        return self.name or str(_("Unnamed contact"))

    @property
    def fingerprint(self) -> str:
        """What makes it the same contact in the next record; the key of an editor's decision."""
        return contact_fingerprint(self.kind, self.name, self.affiliation)


def contact_fingerprint(kind: str, name: str, affiliation: str) -> str:
    return "|".join(" ".join(part.casefold().split()) for part in (kind, name, affiliation))
