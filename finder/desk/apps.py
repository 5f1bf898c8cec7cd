from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeskConfig(AppConfig):
    name = "finder.desk"
    verbose_name = _("Who gets in, and what was done")

    def ready(self) -> None:
        from finder.desk.audit import watch  # its models are not there before

        watch()
