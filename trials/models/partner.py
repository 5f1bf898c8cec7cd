from functools import cached_property

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

from trials.models.condition import Condition
from trials.partners.origins import Origin, read_origin

KEY_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that looks like another
KEY_LENGTH = 12


def new_key() -> str:
    """The partner's part of an address. It is no secret: everybody who opens the clinic's page sees it."""
    return get_random_string(KEY_LENGTH, KEY_LETTERS)


def language_choices() -> list[tuple[str, str]]:
    return list(settings.LANGUAGES)


class Partner(models.Model):
    """A clinic that shows the finder on its own pages.

    `allowed_origins` has one origin a line, as `trials.partners.origins` reads them. `near` is a place or a country as
    visitors type it, `own_sites` the clinic's names as the registry writes them, one a line. `logo` is a PNG that we
    drew ourselves.
    """

    class Shows(models.TextChoices):
        BOTH = "both", _("The list of studies and the questionnaire")
        BROWSE = "browse", _("The list of studies")
        CHECK = "check", _("The questionnaire")

    key = models.SlugField(_("key"), max_length=32, unique=True, default=new_key, editable=False)
    name = models.CharField(_("name"), max_length=120)
    active = models.BooleanField(_("active"), default=True)
    allowed_origins = models.TextField(_("pages that may show the finder"), max_length=6_000)
    language = models.CharField(_("language"), max_length=10, choices=language_choices, default="en")
    shows = models.CharField(_("what to show"), max_length=10, choices=Shows, default=Shows.BOTH)
    accent = models.CharField(_("colour"), max_length=7, blank=True, default="")
    logo = models.BinaryField(_("logo"), null=True, blank=True)
    logo_width = models.PositiveSmallIntegerField(default=0)
    logo_height = models.PositiveSmallIntegerField(default=0)
    conditions = models.ManyToManyField(Condition, blank=True, related_name="+", verbose_name=_("conditions"))
    near = models.CharField(_("place or country"), max_length=100, blank=True, default="")
    radius_km = models.PositiveIntegerField(
        _("distance in km"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(20_000)]
    )
    own_sites = models.TextField(_("names of the clinic’s own sites"), max_length=4_000, blank=True, default="")
    own_sites_first = models.BooleanField(_("own sites first"), default=True)
    letterhead = models.TextField(_("head of the page for the doctor"), max_length=400, blank=True, default="")
    takes_messages = models.BooleanField(_("visitors may write to us"), default=False, db_default=False)
    message_address = models.EmailField(_("address for messages"), blank=True, default="", db_default="")
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("partner")
        verbose_name_plural = _("partners")
        ordering = ("name",)
        constraints = (
            models.CheckConstraint(name="partner_accent_form", condition=Q(accent__regex=r"^(#[0-9a-f]{6})?$")),
            models.CheckConstraint(name="partner_radius_from_place", condition=Q(radius_km=None) | ~Q(near="")),
            models.CheckConstraint(
                name="partner_messages_have_address", condition=Q(takes_messages=False) | ~Q(message_address="")
            ),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Where the frame begins."""
        return f"/embed/{self.key}/"

    @cached_property
    def origins(self) -> tuple[Origin, ...]:
        """Checked when they were stored."""
        return tuple(read_origin(line) for line in self.allowed_origins.splitlines() if line.strip())

    @cached_property
    def own_site_names(self) -> tuple[str, ...]:
        return tuple(" ".join(line.split()) for line in self.own_sites.splitlines() if line.strip())

    @property
    def browses(self) -> bool:
        return self.shows != self.Shows.CHECK

    @property
    def checks(self) -> bool:
        return self.shows != self.Shows.BROWSE


class PartnerViews(models.Model):
    """How often a partner's frame showed a page on a day: the page of a study, or with no id any other.

    Counted by the server. Nothing tells who looked, nor what else they looked at.
    """

    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="views")
    day = models.DateField(_("day"))
    nct_id = models.CharField(_("study"), max_length=32, blank=True, default="")
    views = models.PositiveIntegerField(_("page views"), default=1)

    class Meta:
        verbose_name = _("page views of a partner")
        verbose_name_plural = _("page views of partners")
        constraints = (models.UniqueConstraint(fields=("partner", "day", "nct_id"), name="partner_views_once"),)

    def __str__(self) -> str:
        return f"{self.day} {self.nct_id}".strip()
