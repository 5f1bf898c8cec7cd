"""The catalogues say all that the site says, word for word as far as a program can tell, and are compiled."""

import ast
import gettext
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from finder.languages import catalogues, checks
from finder.languages.sources import CODE, KEYWORDS, Found, found, in_rows, in_template, rows_of
from trials.plain_language.tongue import DOMAIN, LOCALES, tongue
from trials.questions.model import Question
from trials.questions.reading import questions

LANGUAGES = catalogues.languages()


@pytest.fixture(scope="module")
def messages() -> list[Found]:
    return list(found())


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_wrong_with_what_is_there(messages, language):
    """Run `python3 manage.py catalogues extract`, then `… compile`, after messages changed."""
    assert [str(problem) for problem in checks.problems(language, messages)] == []


def test_every_message_is_translated():
    assert {language: len(checks.untranslated(language)) for language in LANGUAGES} == dict.fromkeys(LANGUAGES, 0)


def test_every_language_has_both_files_and_the_plain_language_writer_reads_the_same_ones():
    assert {path.parents[1].name for path in LOCALES.rglob("*.po")} == {"es", "zh_Hans"}
    assert settings.LOCALE_PATHS == [LOCALES] and DOMAIN == "django"
    for language in LANGUAGES:
        assert catalogues.mo_path(language).is_file()
        assert isinstance(tongue(language).catalogue, gettext.GNUTranslations)


def test_a_word_that_is_the_same_in_both_languages_is_known(monkeypatch, tmp_path):
    told = [Found("a.py", "placebo"), Found("a.py", "water"), Found("a.py", ("%(count)s mes", "%(count)s meses"))]
    catalogue = catalogues.collected("es", told)
    words = ("placebo", "", ("%(count)s mes", "%(count)s meses"))
    for message, said in zip(catalogues.messages_of(catalogue), words, strict=True):
        message.string = said
    catalogues.mo_path("es", tmp_path).parent.mkdir(parents=True)
    catalogues.mo_path("es", tmp_path).write_bytes(catalogues.as_mo(catalogue, "es"))
    monkeypatch.setattr("trials.plain_language.tongue.LOCALES", tmp_path)
    spanish = tongue.__wrapped__("es")
    assert [spanish.knows(word) for word in ("placebo", "water", "%(count)s mes")] == [True, False, True]
    assert [spanish.say(word) for word in ("placebo", "water", "")] == ["placebo", "water", ""]
    assert tongue("en").knows("water")


# ------------------------------------------------------------------------------------------------ what is a message


@pytest.fixture(scope="module")
def calls() -> list[tuple[Path, ast.Call]]:
    """Every call in the code, as the syntax trees tell them."""
    paths = [path for pattern in CODE for path in Path(settings.BASE_DIR).glob(pattern)]
    trees = ((path, ast.parse(path.read_text(encoding="utf-8"))) for path in paths)
    return [(path, node) for path, tree in trees for node in ast.walk(tree) if isinstance(node, ast.Call)]


def literal_messages(calls: list[tuple[Path, ast.Call]]) -> set[str]:
    told = set()
    for _path, call in calls:
        name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
        several = name in {"ngettext", "ngettext_lazy", "marks", "count"}
        texts = [one.value for one in call.args if isinstance(one, ast.Constant) and isinstance(one.value, str)]
        if name in KEYWORDS and texts and (len(texts) > 1 or not several):
            told.add(texts[1] if "pgettext" in name else texts[0])
    return told


def test_no_message_of_the_code_is_overlooked(messages, calls):
    known = {one.message if isinstance(one.message, str) else one.message[0] for one in messages}
    told = literal_messages(calls)
    assert len(told) > 500 and told - known == set()


def test_no_message_is_pieced_together_when_it_is_said(calls):
    """`_(f"…")` and `_("…" % x)` look up a text that no catalogue can have."""
    for path, call in calls:
        if getattr(call.func, "id", "") in KEYWORDS and call.args:
            assert not isinstance(call.args[0], ast.JoinedStr | ast.BinOp), f"{path}:{call.lineno}"


def test_messages_of_a_template_are_those_that_django_looks_up():
    template = """{% load i18n %}<p>
      {% translate "Plain & “quoted”" %}  {% translate 'May' context "month" %} {{ _("In a variable") }}
  {% blocktranslate trimmed with name=x count n=y %}
     One <b>{{ name }}</b> of 100 %
   {% plural %}
     {{ n }} of
     {{ name }}
{% endblocktranslate %}{# not this: _("no") #}</p>"""
    assert [(one.message, one.context) for one in in_template(template, "t.html")] == [
        ("Plain & “quoted”", None),
        ("May", "month"),
        ("In a variable", None),
        (("One <b>%(name)s</b> of 100 %%", "%(n)s of %(name)s"), None),
    ]


def test_messages_of_data_say_whose_they_are():
    rows = [{"slug": "sle", "name": "Lupus", "body": ["One.", "Two."], "mesh": "no"}, {"name": "", "body": []}]
    told = [(one.message, one.comments) for one in in_rows(rows, ("name", "body"), "x.toml")]
    assert told == [("Lupus", ("sle: name",)), ("One.", ("sle: body",)), ("Two.", ("sle: body",))]


def test_rows_within_rows_are_found_in_the_order_of_the_file():
    data = {
        "question": [{"field": [{"attribute": "age", "unit": [{"name": "years"}, {"name": "months"}]}]}, {"field": []}]
    }
    assert rows_of(data, "question") == data["question"] and rows_of(data, "answer") == []
    told = [(one.message, one.comments) for one in in_rows(rows_of(data, "question.field.unit"), ("name",), "x.toml")]
    assert told == [("years", ("years: name",)), ("months", ("months: name",))]
    rows = [{"attribute": "age", "name": "your age"}]
    assert [one.comments for one in in_rows(rows, ("name",), "x.toml")] == [("age: name",)]


def test_every_text_of_a_question_is_a_message(messages):
    told = {one.message for one in messages if one.place.startswith("trials/questions/data/")}
    wanted = {text for question in questions() for text in texts_of(question)}
    assert len(wanted) > 250 and wanted - told == set() == told - wanted


def texts_of(question: Question) -> set[str]:
    texts = {question.group, question.text, question.help}
    for field in question.fields:
        texts |= {field.name, field.text, field.help, *(unit.name for unit in field.units)}
        texts |= {text for choice in field.choices for text in (choice.name, choice.help)}
    return texts - {""}


def test_each_text_of_the_data_is_one_line_as_it_will_be_looked_up(messages):
    texts = [one.message for one in messages if one.place.endswith(".toml")]
    assert len(texts) > 200 and [text for text in texts if text != " ".join(text.split())] == []


def test_the_command_makes_files_that_it_finds_right_but_for_what_is_not_translated(monkeypatch, tmp_path, messages):
    monkeypatch.setattr(settings, "LOCALE_PATHS", [tmp_path])
    few = messages[::20]  # of every kind of file
    monkeypatch.setattr("finder.management.commands.catalogues.found", lambda: few)
    for task in ("extract", "compile"):
        call_command("catalogues", task)
    before = {path: path.read_bytes() for path in tmp_path.rglob("django.*")}
    for task in ("extract", "compile"):
        call_command("catalogues", task)
    assert len(before) == 4 and {path: path.read_bytes() for path in before} == before
    with pytest.raises(CommandError) as caught:
        call_command("catalogues", "check")
    assert re.fullmatch(r"(es|zh-hans): \d+ messages are not translated, .+\n(.+)", str(caught.value))
