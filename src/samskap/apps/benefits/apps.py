from django.apps import AppConfig


class BenefitsConfig(AppConfig):
    name = "samskap.apps.benefits"
    label = "benefits"
