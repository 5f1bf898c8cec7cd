"""The catalogues of `locale/`: read, brought in line with the messages of the site, written, compiled.

A file written twice from the same messages is the same, byte for byte: no dates, no line numbers, no program's name.
"""

import io
from collections.abc import Iterable
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation import to_locale

from finder.languages.sources import Found

WIDTH = 120
NOTE = """\
# Messages of the site in another language. `python3 manage.py catalogues extract` brings in new ones and keeps what
# is translated; `… compile` makes the file that pages read. See docs/languages.md."""


class Catalogue(Catalog):
    """A catalogue whose head says only what readers of it need: the language and its plural forms."""

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        return [
            ("Language", str(self.locale_identifier)),
            ("MIME-Version", "1.0"),
            ("Content-Type", "text/plain; charset=UTF-8"),
            ("Content-Transfer-Encoding", "8bit"),
            ("Plural-Forms", f"{self.plural_forms}\n"),
        ]


def languages() -> list[str]:
    """All languages but English, in which the messages themselves are written."""
    return [code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]


def empty(language: str) -> Catalogue:
    return Catalogue(to_locale(language), header_comment=NOTE, charset="utf-8", fuzzy=False)


def po_path(language: str, folder: Path | None = None) -> Path:
    return (folder or settings.LOCALE_PATHS[0]) / to_locale(language) / "LC_MESSAGES" / "django.po"


def mo_path(language: str, folder: Path | None = None) -> Path:
    return po_path(language, folder).with_suffix(".mo")


def read(language: str) -> Catalog:
    """What is translated so far; nothing where there is no file yet."""
    path = po_path(language)
    if not path.exists():
        return empty(language)
    with path.open("rb") as file:
        return read_po(file, locale=to_locale(language), charset="utf-8", abort_invalid=True)


def messages_of(catalog: Catalog) -> list[Message]:
    """All but the head."""
    return [message for message in catalog if message.id]


def forms(message: Message) -> tuple[str, ...]:
    """The translation, in each plural form."""
    said = message.string or ""
    return (said,) if isinstance(said, str) else tuple(said)


def is_translated(message: Message) -> bool:
    return all(form.strip() for form in forms(message))


def collected(language: str, messages: Iterable[Found]) -> Catalogue:
    """A catalogue of the messages, in their order, with no translation yet. A message in several places stands once."""
    catalogue = empty(language)
    for one in messages:
        catalogue.add(one.message, locations=[(one.place, 0)], auto_comments=one.comments, context=one.context)
    return catalogue


def merged(old: Catalog, messages: Iterable[Found], language: str) -> Catalogue:
    """The messages with the translations that there are. What nobody says any more is kept as a comment.

    A translation is never guessed from a similar message.
    """
    before = {_key(message): message for message in [*old.obsolete.values(), *messages_of(old)]}
    catalogue = collected(language, messages)
    for message in messages_of(catalogue):
        known = before.get(_key(message))
        if known is not None and known.id == message.id:
            del before[_key(message)]
            message.string = known.string
            message.user_comments = known.user_comments
            message.flags |= known.flags & {"fuzzy"}
    catalogue.obsolete.update((key, gone) for key, gone in before.items() if any(forms(gone)))
    return catalogue


def _key(message: Message) -> tuple[str, str]:
    """As catalogues keep messages: the singular and its context."""
    return (message.id if isinstance(message.id, str) else message.id[0], message.context or "")


def as_po(catalogue: Catalogue) -> bytes:
    file = io.BytesIO()
    write_po(file, catalogue, width=WIDTH, include_lineno=False)
    return file.getvalue()


def as_mo(catalog: Catalog, language: str) -> bytes:
    """The compiled file. A message that lacks a form is left out, so that pages say it in English."""
    complete = empty(language)
    for message in messages_of(catalog):
        if is_translated(message) and not message.fuzzy:
            complete.add(message.id, message.string, context=message.context)
    file = io.BytesIO()
    write_mo(file, complete)
    return file.getvalue()
