"""What `manage.py` says about its own commands. Needs no package, so it can be read before anything is installed."""

COMMANDS = {
    "up": "run the site on this machine; the first time, install what it needs",
    "test": "run all tests in a database of their own; arguments are pytest's, such as a file, or -k WORD",
    "bench": "run a measurement of bench/, such as `bench import PATH…`",
}
ASKED = ("--help", "-h")


def overview() -> str:
    """The lines that stand before Django's own list of commands."""
    lines = [f"    {name:<8}{what}" for name, what in COMMANDS.items()]
    return "\n".join(["The commands of this project:", "", *lines, "", "The commands of Django, and of its apps:"])


def own_help(argv: list[str]) -> str | None:
    """What to show when `argv` asks about one of our commands, in either spelling; None when it asks nothing."""
    match argv[1:]:
        case [name, asked, *_] if name in COMMANDS and asked in ASKED:
            return _about(name)
        case ["help", name] if name in COMMANDS:
            return _about(name)
    return None


def _about(name: str) -> str:
    if name == "up":
        from finder.launch.up import parser

        return parser().format_help()
    usage = {"test": "[PYTEST ARGUMENT …]", "bench": "NAME [ARGUMENT …]"}[name]
    return f"usage: manage.py {name} {usage}\n\n{name}: {COMMANDS[name]}\n"
