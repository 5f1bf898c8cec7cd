from django.apps import AppConfig


class FinderConfig(AppConfig):
    name = "finder"

    def ready(self) -> None:
        from finder import checks  # noqa: F401 - it registers them
