"""What a language model drafted, for editors to see. Nothing here is shown on a page."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from trials.models.trial import Trial


class DraftedSentence(models.Model):
    """An unreviewed draft of the plain words for one source, bound to what the source said when it was made.

    `source_hash` is of the official words, the list that they stand in and the words above them; `source` is the number
    that they had then. So a criterion that only moved keeps its draft, and one that was reworded has none. Should the
    words come back, so does the draft.
    """

    # The constraint's index begins with the trial.
    trial = models.ForeignKey(Trial, on_delete=models.CASCADE, related_name="drafted_sentences", db_index=False)
    language = models.CharField(_("language"), max_length=16)
    source = models.CharField(_("source"), max_length=200)
    source_hash = models.CharField(max_length=64, help_text=_("SHA-256 of the words that it stands for"))
    text = models.TextField(_("drafted sentence"))
    model_name = models.CharField(_("language model"), max_length=200)
    created_at = models.DateTimeField(_("drafted"), default=timezone.now)

    class Meta:
        verbose_name = _("drafted sentence")
        verbose_name_plural = _("drafted sentences")
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint("trial", "language", "source_hash", name="one_draft_of_the_words"),
            models.CheckConstraint(name="draft_says_something", condition=~Q(text="")),
            models.CheckConstraint(name="draft_has_a_source", condition=~Q(source="")),
            models.CheckConstraint(name="draft_hash_form", condition=Q(source_hash__regex=r"^[0-9a-f]{64}$")),
        )

    def __str__(self) -> str:
        return self.text
