from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "samskap.web"
    label = "web"
