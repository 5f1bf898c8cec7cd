"""What is written to the catalogues' files, what is kept of the former ones, and what is found wrong in them."""

import gettext
import io
import re

import pytest
from babel.messages.pofile import read_po
from django.conf import settings

from finder.languages import catalogues, checks
from finder.languages.sources import Found

SAID = [
    Found("a.py", "Hello %(name)s"),
    Found("a.py", ("%(count)s day", "%(count)s days"), comments=("How long",)),
    Found("b.py", "May", "month"),
    Found("b.py", "Hello %(name)s"),
]


def translated(language: str = "es", **said: str | tuple[str, ...]) -> catalogues.Catalogue:
    catalogue = catalogues.collected(language, SAID)
    for name, message in zip(("hello", "days", "may"), catalogues.messages_of(catalogue), strict=True):
        message.string = said.get(name, message.string)
    return catalogue


def reread(catalogue: catalogues.Catalogue, language: str = "es"):
    return read_po(io.BytesIO(catalogues.as_po(catalogue)), locale=language)


def test_extracting_keeps_translations_drops_what_is_gone_and_revives_it():
    old = reread(translated(hello="Hola %(name)s", may="mayo", days=("%(count)s día", "%(count)s días")))
    less = catalogues.merged(old, SAID[:1], "es")
    assert [one.string for one in catalogues.messages_of(less)] == ["Hola %(name)s"]
    assert b'#~ msgstr "mayo"' in catalogues.as_po(less)
    again = catalogues.merged(reread(less), SAID, "es")
    assert catalogues.as_po(again) == catalogues.as_po(catalogues.merged(old, SAID, "es"))
    assert b"#~" not in catalogues.as_po(again)


def test_a_changed_message_is_never_given_a_similar_ones_words():
    old = reread(translated(hello="Hola %(name)s"))
    new = catalogues.merged(old, [Found("a.py", "Hello there %(name)s")], "es")
    [message] = catalogues.messages_of(new)
    assert (catalogues.forms(message), message.fuzzy) == (("",), False)


def test_files_have_no_line_numbers_dates_or_names_of_programs():
    text = catalogues.as_po(translated()).decode() + catalogues.as_mo(translated(), "es").decode(errors="replace")
    assert "#: a.py b.py\n" in text and "#. How long\n" in text
    assert not re.search(r"Date|Babel|\.py:\d|fuzzy", text)


def read_mo(catalogue: catalogues.Catalogue, language: str = "es") -> gettext.GNUTranslations:
    return gettext.GNUTranslations(io.BytesIO(catalogues.as_mo(catalogue, language)))


def test_the_compiled_file_leaves_out_what_is_not_complete():
    compiled = read_mo(translated(hello="Hola %(name)s", days=("", "%(count)s días")))
    assert compiled.gettext("Hello %(name)s") == "Hola %(name)s"
    assert compiled.ngettext("%(count)s day", "%(count)s days", 5) == "%(count)s days"
    assert compiled.pgettext("month", "May") == "May"


@pytest.mark.parametrize(
    ("language", "forms", "of_one", "of_five"),
    [("es", ("un día", "días"), "un día", "días"), ("zh-hans", ("天",), "天", "天")],
)
def test_plural_forms_are_the_languages_own(language, forms, of_one, of_five):
    compiled = read_mo(translated(language, days=forms), language)
    assert [compiled.ngettext("%(count)s day", "%(count)s days", n) for n in (1, 5)] == [of_one, of_five]


@pytest.mark.parametrize(
    ("source", "forms", "expected"),
    [
        ("Hi %(name)s", ("Hola %(name)s",), []),
        ("Hi %(name)s", ("Hola",), ["loses %(name)s"]),
        ("Hi", ("Hola %(name)s",), ["invents %(name)s"]),
        ("Hi %(name)s", ("Hola %(name)",), ["loses %(name)s", "neither a placeholder"]),
        ("<b>Hi</b>", ("<b>Hola",), ["</b> as often"]),
        ("Hi", ("<i>Hola",), ["<i> as often"]),
        ("100 % sure", ("seguro al 100 %",), []),
        (("one", "%(n)s of"), ("uno", "%(n)s de"), []),
        (("one", "%(n)s of"), ("%(n)s", "%(n)s de"), []),
        (("one", "%(n)s of"), ("uno", "de"), ["loses %(n)s"]),
        (("one", "%(n)s of"), ("uno %(x)s", "%(n)s de"), ["invents %(x)s"]),
    ],
)
def test_a_translation_must_keep_placeholders_and_tags(monkeypatch, tmp_path, source, forms, expected):
    told = [Found("a.py", source)]
    catalogue = catalogues.collected("es", told)
    catalogues.messages_of(catalogue)[0].string = forms if isinstance(source, tuple) else forms[0]
    wrong = problems_of(monkeypatch, tmp_path, catalogue, told)
    assert len(wrong) == len(expected) and all(what in one for what, one in zip(expected, wrong, strict=True))


def problems_of(monkeypatch, tmp_path, catalogue, told, compile_=True) -> list[str]:
    monkeypatch.setattr(settings, "LOCALE_PATHS", [tmp_path])
    catalogues.po_path("es").parent.mkdir(parents=True)
    catalogues.po_path("es").write_bytes(catalogues.as_po(catalogue))
    if compile_:
        catalogues.mo_path("es").write_bytes(catalogues.as_mo(catalogue, "es"))
    return [str(problem) for problem in checks.problems("es", told)]


def test_files_out_of_step_are_told(monkeypatch, tmp_path):
    told = [Found("a.py", "new"), Found("a.py", "kept")]
    catalogue = catalogues.collected("es", [Found("a.py", "kept"), Found("a.py", "gone")])
    wrong = problems_of(monkeypatch, tmp_path, catalogue, told, compile_=False)
    assert [one.rpartition(": ")[2] for one in wrong[:2]] == ["new", "gone"]
    assert wrong[2].startswith("es: django.mo is not what django.po says")
