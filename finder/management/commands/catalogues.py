from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from finder.languages.catalogues import as_mo, as_po, languages, merged, messages_of, mo_path, po_path, read
from finder.languages.checks import problems, untranslated
from finder.languages.sources import Found, found

SHOWN = 40  # problems of one language


class Command(BaseCommand):
    help = (
        "The translations in locale/. extract: bring all messages of the site into the .po files, keeping what is "
        "translated. compile: make the .mo files that pages read. check: say what is wrong or missing."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("task", choices=["extract", "compile", "check"])

    def handle(self, *, task: str, **options: Any) -> str:
        return {"extract": _extract, "compile": _compile, "check": _check}[task]()


def _extract() -> str:
    messages = list(found())
    return "\n".join(_extracted(language, messages) for language in languages())


def _extracted(language: str, messages: list[Found]) -> str:
    catalogue = merged(read(language), messages, language)
    path = po_path(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(as_po(catalogue))
    missing = len(untranslated(language))
    return f"{language}: {len(messages_of(catalogue))} messages, {missing} of them not translated."


def _compile() -> str:
    for language in languages():
        mo_path(language).write_bytes(as_mo(read(language), language))
    return f"Compiled: {', '.join(languages())}."


def _check() -> str:
    """All that is wrong, or one sentence."""
    messages = list(found())
    said: list[str] = []
    for language in languages():
        wrong = problems(language, messages)
        said += [str(problem) for problem in wrong[:SHOWN]]
        if len(wrong) > SHOWN:
            said.append(f"{language}: and {len(wrong) - SHOWN} more")
        if missing := untranslated(language):
            said.append(f"{language}: {len(missing)} messages are not translated, the first: {missing[0]}")
    if said:
        raise CommandError("\n".join(said))
    return "The catalogues are complete and compiled."
