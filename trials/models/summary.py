"""What editors made of the plain sentences on a trial. Drafts of our rules are not stored: pages write them afresh."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from trials.models.trial import Trial
from trials.plain_language.model import Origin, Section


def _person() -> models.ForeignKey:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )


def _by_somebody(done: str) -> models.CheckConstraint:
    """What was done has a person and a date, or neither."""
    known = {isnull: Q(**{f"{done}_by__isnull": isnull, f"{done}_at__isnull": isnull}) for isnull in (True, False)}
    return models.CheckConstraint(name=f"summary_{done}_by_somebody", condition=known[True] | known[False])


class PlainSummary(models.Model):
    """The sentences on one trial in one language as an editor left them, whole.

    Two may stand: one published, and beside it one that is being written or waits for its second reader. Never deleted:
    `ended_at` is when another took its place, or when somebody took it back. `unreviewed` counts the sentences of the
    study's page that it does not hold, because they are new or say something else than when it was saved.
    """

    class State(models.TextChoices):
        DRAFT = "DRAFT", _("draft")
        WAITING = "WAITING", _("waits for a second reader")
        PUBLISHED = "PUBLISHED", _("published")

    # The constraints' indexes begin with the trial.
    trial = models.ForeignKey(Trial, on_delete=models.PROTECT, related_name="plain_summaries")
    language = models.CharField(_("language"), max_length=16)
    state = models.CharField(_("state"), max_length=16, choices=State.choices, default=State.DRAFT)
    edited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    edited_at = models.DateTimeField(auto_now_add=True)
    checked_by = _person()
    checked_at = models.DateTimeField(null=True, blank=True)
    second_by = _person()
    second_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(_("why it was published in spite of a finding"), blank=True, default="")
    writer_version = models.CharField(_("version of the rules that write"), max_length=32)
    unreviewed = models.PositiveIntegerField(_("sentences that it does not hold"), default=0)
    ended_by = _person()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("plain summary")
        verbose_name_plural = _("plain summaries")
        ordering = ("-pk",)
        permissions = (("publish_plainsummary", "Can publish plain summaries"),)
        constraints = (
            models.UniqueConstraint(
                "trial", "language", name="one_published_summary", condition=Q(ended_at__isnull=True, state="PUBLISHED")
            ),
            models.UniqueConstraint(
                "trial", "language", name="one_summary_in_work",
                condition=Q(ended_at__isnull=True, state__in=["DRAFT", "WAITING"]),
            ),
            models.CheckConstraint(
                name="summary_state_known", condition=Q(state__in=["DRAFT", "WAITING", "PUBLISHED"])
            ),
            models.CheckConstraint(
                name="summary_language_form", condition=Q(language__regex=r"^[a-z]{2,3}(-[a-z]{2,8})?$")
            ),
            _by_somebody("checked"),
            _by_somebody("second"),
            _by_somebody("ended"),
            models.CheckConstraint(
                name="summary_published_is_checked", condition=Q(state="DRAFT") | Q(checked_by__isnull=False)
            ),
            models.CheckConstraint(
                name="summary_second_reader_is_another",
                condition=Q(second_by__isnull=True) | (Q(state="PUBLISHED") & ~Q(second_by=F("checked_by"))),
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.trial_id} {self.language} {self.edited_at:%Y-%m-%d}"


class PlainSentence(models.Model):
    """One sentence of a summary, with the places of the record that it stands for and what they said then.

    `written` is what our rules wrote, `text` what is shown. `source_hash` is of the sources' words without their
    numbers, so a criterion that only moved keeps it. `stale` marks a sentence whose source has changed since, or is
    gone: it is kept for the editor and never shown. One `left_out` was taken off the page by an editor.
    """

    class OriginChoice(models.TextChoices):
        WRITTEN = Origin.WRITTEN.value, _("written by our rules")
        OFFICIAL = Origin.OFFICIAL.value, _("the registry's own words")
        EDITED = "edited", _("written by an editor")

    # The constraint's index begins with the summary.
    summary = models.ForeignKey(PlainSummary, on_delete=models.CASCADE, related_name="sentences", db_index=False)
    position = models.PositiveIntegerField()
    section = models.CharField(_("section"), max_length=16)
    text = models.TextField(_("sentence"))
    written = models.TextField(_("what the rules wrote"))
    origin = models.CharField(_("origin"), max_length=16, choices=OriginChoice.choices)
    sources = models.JSONField(_("sources"))
    source_hash = models.CharField(max_length=64, help_text=_("SHA-256 of the words that it stands for"))
    source_words = models.TextField(_("the official words"), blank=True, default="")
    left_out = models.BooleanField(_("left out by an editor"), default=False)
    stale = models.BooleanField(_("its source has changed since"), default=False)

    class Meta:
        verbose_name = _("plain sentence")
        verbose_name_plural = _("plain sentences")
        ordering = ("position",)
        constraints = (
            models.UniqueConstraint("summary", "position", name="sentence_position_once"),
            models.CheckConstraint(
                name="sentence_section_known", condition=Q(section__in=[section.value for section in Section])
            ),
            models.CheckConstraint(
                name="sentence_origin_known", condition=Q(origin__in=["written", "official", "edited"])
            ),
            models.CheckConstraint(name="sentence_says_something", condition=~Q(text="") & ~Q(written="")),
            models.CheckConstraint(name="sentence_has_a_source", condition=~Q(sources=[]) & ~Q(sources={})),
            models.CheckConstraint(name="sentence_hash_form", condition=Q(source_hash__regex=r"^[0-9a-f]{64}$")),
        )

    def __str__(self) -> str:
        return self.text


class ReviewTrial(Trial):
    """A trial as the queue of plain sentences sees it: the same row, with a list of its own on the desk."""

    class Meta:
        proxy = True
        default_permissions = ()  # who may see and change trials may do so here
        verbose_name = _("plain sentences of a trial")
        verbose_name_plural = _("plain sentences")
