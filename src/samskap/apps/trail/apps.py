from django.apps import AppConfig


class TrailConfig(AppConfig):
    name = "samskap.apps.trail"
    label = "trail"
