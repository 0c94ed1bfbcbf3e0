from django.apps import AppConfig


class ActorsConfig(AppConfig):
    name = "samskap.apps.actors"
    label = "actors"
