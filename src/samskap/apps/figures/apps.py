from django.apps import AppConfig


class FiguresConfig(AppConfig):
    name = "samskap.apps.figures"
    label = "figures"
