from django.apps import AppConfig


class StoriesConfig(AppConfig):
    name = "samskap.apps.stories"
    label = "stories"
