from django.apps import AppConfig


class GatheringsConfig(AppConfig):
    name = "samskap.apps.gatherings"
    label = "gatherings"
