"""What an editor enters for a clinic, checked."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from trials.gazetteer import find_place
from trials.language import listing, number
from trials.models import Partner
from trials.partner_sites import SHORTEST_NAME, own_name, towns_called
from trials.partners.accent import is_colour
from trials.partners.logos import LARGEST_UPLOAD, LogoError, drawn
from trials.partners.origins import MOST_ORIGINS, Flaw, OriginError, read_origin
from trials.places.areas import area_names
from trials.places.folding import place_key
from trials.recipients import one_address

MOST_NAMES = 20
MOST_TOWNS = 3  # that a sentence names
_FLAWS = {
    Flaw.NO_SCHEME: _("“%(line)s” is no origin. Write it as in an address, from https:// on."),
    Flaw.NOT_SECURE: _("“%(line)s” is not safe on its way. Only pages with https:// may show the finder."),
    Flaw.MORE_THAN_ORIGIN: _("“%(line)s” has more than an origin. Leave out what follows the name of the site."),
    Flaw.WILDCARD: _("“%(line)s” has a star where none can be. It stands for names below yours: https://*.example.org"),
    Flaw.TOO_WIDE: _("“%(line)s” would let in strangers: others can have a name there, too."),
    Flaw.NO_HOST: _("“%(line)s” has no name of a site that browsers know."),
}


class Lines(forms.CharField):
    """Browsers end lines in another way than what is stored: that alone is no change."""

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(_lines(initial), _lines(data))


def _lines(value: Any) -> str:
    return "\n".join(str(value or "").splitlines())


class PartnerForm(forms.ModelForm):
    new_logo = forms.FileField(
        label=_("New logo"),
        required=False,
        help_text=_("PNG, JPEG, WebP or GIF. It is drawn anew, at most 240 pixels wide and 60 high."),
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/webp,image/gif"}),
    )
    remove_logo = forms.BooleanField(label=_("Remove the logo"), required=False)

    class Meta:
        model = Partner
        fields = (
            "name", "active", "allowed_origins", "language", "shows", "accent", "conditions", "near", "radius_km",
            "own_sites", "own_sites_first", "letterhead", "takes_messages", "message_address",
        )  # fmt: skip
        widgets = {
            "allowed_origins": forms.Textarea(attrs={"rows": 4, "cols": 60, "spellcheck": "false"}),
            "own_sites": forms.Textarea(attrs={"rows": 3, "cols": 60}),
            "letterhead": forms.Textarea(attrs={"rows": 4, "cols": 60}),
            "accent": forms.TextInput(attrs={"size": 9, "placeholder": "#0a6a6a", "spellcheck": "false"}),
        }
        field_classes = {"allowed_origins": Lines, "own_sites": Lines, "letterhead": Lines}
        help_texts = {
            "allowed_origins": _(
                "One on each line: https://www.example.org, or https://*.example.org for all names below."
            ),
            "accent": _("As #rrggbb. Where its words could not be read, a darker or lighter shade of it is shown."),
            "conditions": _("The list begins with studies for these. None: with all."),
            "near": _("A town, a ZIP code or a country. The list begins with studies there."),
            "radius_km": _("Only studies with a site so near. Empty: all, the nearest first."),
            "own_sites": _(
                "One on each line, in whole words as the registry writes them. A name that sites of many towns have "
                "is followed by | and the town: Investigative Site | Jena"
            ),
            "letterhead": _("Name, address and telephone, as they shall stand on the page for the doctor."),
            "takes_messages": _("In its frame, a form sends a message to the clinic. It asks for nothing of health."),
            "message_address": _("A mailbox of the clinic that somebody reads. It is never shown to visitors."),
        }  # fmt: skip

    def clean_allowed_origins(self) -> str:
        """Each line as browsers write it, once."""
        lines = [line for line in self.cleaned_data["allowed_origins"].splitlines() if line.strip()]
        if len(lines) > MOST_ORIGINS:
            raise forms.ValidationError(gettext("Name at most %(count)d origins.") % {"count": MOST_ORIGINS})
        found: dict[str, None] = {}
        problems = []
        for line in lines:
            try:
                found[str(read_origin(line))] = None
            except OriginError as error:
                problems.append(forms.ValidationError(_FLAWS[error.flaw], params={"line": error.line}))
        if problems:
            raise forms.ValidationError(problems)
        return "\n".join(found)

    def clean_accent(self) -> str:
        colour: str = self.cleaned_data["accent"].strip().lower()
        if colour and not is_colour(colour):
            raise forms.ValidationError(gettext("Write the colour as #rrggbb, as in #0a6a6a."))
        return colour

    def clean_near(self) -> str:
        near: str = " ".join(self.cleaned_data["near"].split())
        if near and not find_place(near) and place_key(near) not in area_names():
            raise forms.ValidationError(gettext("We do not know the place “%(place)s”.") % {"place": near})
        return near

    def clean_own_sites(self) -> str:
        names = [" ".join(line.split()) for line in self.cleaned_data["own_sites"].splitlines() if line.strip()]
        if len(names) > MOST_NAMES:
            raise forms.ValidationError(gettext("Name at most %(count)d names.") % {"count": MOST_NAMES})
        for name in names:
            if len(own_name(name).name) < SHORTEST_NAME:
                sentence = gettext("“%(name)s” is too short: others have it in their names.")
                raise forms.ValidationError(sentence % {"name": name})
            if len(towns := towns_called(name)) > 1 and not own_name(name).town:
                values = {"name": name, "towns": listing(towns[:MOST_TOWNS]), "count": number(len(towns))}
                sentence = gettext(
                    "“%(name)s” is in the names of sites in %(count)s towns, such as %(towns)s. Add | and your town."
                )
                raise forms.ValidationError(sentence % values)
        return "\n".join(dict.fromkeys(names))

    def clean_new_logo(self) -> Any:
        upload = self.cleaned_data.get("new_logo")
        if not upload:
            return None
        if upload.size > LARGEST_UPLOAD:
            raise forms.ValidationError(gettext("The logo is too large a file: at most 2 MB."))
        try:
            return drawn(upload)
        except LogoError:
            raise forms.ValidationError(gettext("We cannot read this file as a picture.")) from None

    def clean_message_address(self) -> str:
        address: str = self.cleaned_data["message_address"].strip()
        if address and not one_address(address):
            raise forms.ValidationError(gettext("Write one address, in letters that every mail server takes."))
        return address

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if (
            cleaned.get("takes_messages")
            and not cleaned.get("message_address")
            and "message_address" not in self.errors
        ):
            self.add_error("message_address", gettext("Name the mailbox to which messages of visitors go."))
        if cleaned.get("radius_km") and not cleaned.get("near") and "near" not in self.errors:
            self.add_error("radius_km", gettext("Name the place from which the distance is measured."))
        return cleaned

    def save(self, commit: bool = True) -> Partner:
        logo, partner = self.cleaned_data.get("new_logo"), self.instance
        if logo:
            partner.logo, partner.logo_width, partner.logo_height = logo.png, logo.width, logo.height
        elif self.cleaned_data.get("remove_logo"):
            partner.logo, partner.logo_width, partner.logo_height = None, 0, 0
        saved: Partner = super().save(commit)
        return saved
