"""The rules of the house, kept by reading the source: who imports whom, how long things are, who is named."""

import ast
import re
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("finder", "trials")
LONGEST_FILE = 250
LONGEST_FUNCTION = 40
LONGEST_VIEW = 20

# The part of `trials` that knows neither Django nor a database.
PURE = [
    "trials/vocab.py", "trials/records.py", "trials/text_blocks.py", "trials/freshness.py", "trials/registries",
    "trials/conditions", "trials/places", "trials/changes", "trials/criteria", "trials/drugs", "trials/plain_language",
    "trials/matching", "trials/questions", "trials/golden", "trials/kinship.py", "trials/study_ids.py",
    "trials/facets.py", "trials/admission.py", "trials/coverage.py",
    "trials/matching", "trials/questions", "trials/search", "trials/golden", "trials/kinship.py", "trials/study_ids.py",
    "trials/partners",
]  # fmt: skip
IMPURE_IMPORTS = {"django", "psycopg", "psycopg_pool", "finder"}
IMPURE_PARTS = {
    "trials.models",
    "trials.summaries",
    "trials.drafting.drafts",
    "trials.ingest",
    "trials.find",
    "trials.history",
    "trials.gazetteer",
    "trials.siblings",
    "trials.site_points",
    "trials.gazetteer_points",
    "trials.why_not",
    "trials.admin",
    "trials.labels",
    "trials.criteria_words",
    "trials.language",
    "trials.management",
}
NETWORK = {"httpx", "socket", "urllib.request", "http.client", "requests", "aiohttp", "smtplib"}
# The launcher asks its own Postgres and installs packages; it fetches no study. The drafting client opens nothing
# unless an operator names a server; it posts with a key, which the registry's client must never do.
NETWORK_ALLOWED = (
    "trials/asking.py",
    "trials/mail/server.py",
    "trials/registries/http.py",
    "trials/drafting/http.py",
    "finder/launch/",
)

# Links to these stand in templates for people to follow; nothing is loaded from them.
LINKED_HOSTS = {"clinicaltrials.gov", "www.geonames.org", "creativecommons.org"}
NAMESPACES = {"www.w3.org", "www.sitemaps.org"}


def sources(*packages: str) -> list[Path]:
    found = (path for package in packages for path in sorted((ROOT / package).rglob("*.py")))
    return [path for path in found if "migrations" not in path.parts and "__pycache__" not in path.parts]


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def imports(path: Path) -> Iterator[str]:
    """Every module that the file imports, at its top or inside a function."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{name(path)}: relative import"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def begins(module: str, *roots: str) -> bool:
    return any(module == root or module.startswith(f"{root}.") for root in roots)


def files_of(part: str) -> list[Path]:
    return [path for path in sources("trials") if f"{name(path)}/".startswith(f"{part}/")]


def pure_files() -> list[Path]:
    return [path for part in PURE for path in files_of(part)]


@pytest.mark.parametrize("part", PURE)
def test_the_pure_part_is_where_we_say(part):
    assert files_of(part) != []


@pytest.mark.parametrize("path", sources("trials"), ids=name)
def test_the_domain_never_imports_the_pages(path):
    assert [module for module in imports(path) if begins(module, "finder")] == []


@pytest.mark.parametrize("path", [*files_of("trials/summaries"), ROOT / "trials/history.py"], ids=name)
def test_summaries_and_histories_are_read_without_what_writes_them(path):
    assert [module for module in imports(path) if begins(module, "trials.ingest", "trials.admin")] == []


def test_what_was_asked_is_read_before_anything_is_presented():
    assert [module for module in imports(ROOT / "finder/forms.py") if begins(module, "finder.presenters")] == []


@pytest.mark.parametrize("path", pure_files(), ids=name)
def test_the_pure_part_imports_no_django_and_no_database(path):
    assert [module for module in imports(path) if begins(module, *IMPURE_IMPORTS, *IMPURE_PARTS)] == []


@pytest.mark.parametrize("path", sources("finder/map"), ids=name)
def test_maps_are_drawn_without_django_or_the_domain(path):
    assert [m for m in imports(path) if begins(m, "django", "trials") or m.startswith("finder.presenters")] == []


@pytest.mark.parametrize("path", sources(*PACKAGES), ids=name)
def test_only_one_module_speaks_to_the_network(path):
    if not name(path).startswith(NETWORK_ALLOWED):
        assert [module for module in imports(path) if begins(module, *NETWORK)] == []


def test_the_launcher_needs_nothing_but_python():
    """It runs before any package is installed, so what it imports at its top is the standard library or itself."""
    for path in sources("finder/launch"):
        top = [node for node in ast.parse(path.read_text()).body if isinstance(node, ast.Import | ast.ImportFrom)]
        roots = {a.name.split(".")[0] for node in top if isinstance(node, ast.Import) for a in node.names}
        roots |= {node.module.split(".")[0] for node in top if isinstance(node, ast.ImportFrom) and node.module}
        assert roots <= sys.stdlib_module_names | {"finder"}, name(path)


@pytest.mark.parametrize("path", [*sources(*PACKAGES), ROOT / "manage.py"], ids=name)
def test_files_and_functions_stay_short(path):
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) < LONGEST_FILE
    functions = (n for n in ast.walk(ast.parse(text)) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef))
    assert {
        f.name: (f.end_lineno or 0) - f.lineno + 1
        for f in functions
        if (f.end_lineno or 0) - f.lineno >= LONGEST_FUNCTION
    } == {}


@pytest.mark.parametrize("path", sources("finder/views"), ids=name)
def test_views_only_receive_ask_and_respond(path):
    functions = [n for n in ast.parse(path.read_text(encoding="utf-8")).body if isinstance(n, ast.FunctionDef)]
    assert {
        f.name: (f.end_lineno or 0) - f.lineno + 1 for f in functions if (f.end_lineno or 0) - f.lineno >= LONGEST_VIEW
    } == {}


def page_files() -> list[Path]:
    found = [
        path for folder in ("templates", "static") for path in sorted((ROOT / folder).rglob("*")) if path.is_file()
    ]
    assert len(found) > 20
    return found


@pytest.mark.parametrize("path", page_files(), ids=name)
def test_nothing_is_loaded_from_another_host(path):
    text = path.read_text(encoding="utf-8")
    hosts = set(re.findall(r"(?:https?:)?//([a-z0-9-]+(?:\.[a-z0-9-]+)+)", text, re.IGNORECASE))
    assert hosts <= LINKED_HOSTS | NAMESPACES
    assert not re.search(r"(?:src|srcset|data|poster|@import|url\()\s*=?\s*[\"'(]?\s*(?:https?:)?//", text)
    for link in re.findall(r"<(?:link|script|img|iframe|source|use)\b[^>]*>", text):
        assert "//" not in link.replace('href="{{', ""), link


class _Words(HTMLParser):
    """Text and spoken attributes of a template whose tags of Django have been taken out."""

    SPOKEN = frozenset({"alt", "title", "aria-label", "placeholder"})

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_data(self, data: str) -> None:
        if re.search(r"[^\W\d_]{2}", data):
            self.found.append(data.strip())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [
            value for key, value in attrs if key in self.SPOKEN and value and re.search(r"[^\W\d_]{2}", value)
        ]


@pytest.mark.parametrize("path", sorted((ROOT / "templates").rglob("*.html")), ids=name)
def test_all_words_of_templates_can_be_translated(path):
    text = path.read_text(encoding="utf-8")
    text = re.sub(r"{% *blocktrans(?:late)?\b.*?{% *endblocktrans(?:late)? *%}", "", text, flags=re.DOTALL)
    text = re.sub(r"{% *comment.*?endcomment *%}|{#.*?#}|{%.*?%}|{{.*?}}", "", text, flags=re.DOTALL)
    words = _Words()
    words.feed(re.sub(r"<script\b.*?</script>", "", text, flags=re.DOTALL))
    assert words.found == []
