from django.apps import AppConfig


class ProcessesConfig(AppConfig):
    name = "samskap.apps.processes"
    label = "processes"
