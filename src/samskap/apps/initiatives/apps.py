from django.apps import AppConfig


class InitiativesConfig(AppConfig):
    name = "samskap.apps.initiatives"
    label = "initiatives"
