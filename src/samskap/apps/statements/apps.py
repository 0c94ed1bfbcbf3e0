from django.apps import AppConfig


class StatementsConfig(AppConfig):
    name = "samskap.apps.statements"
    label = "statements"
