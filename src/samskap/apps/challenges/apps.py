from django.apps import AppConfig


class ChallengesConfig(AppConfig):
    name = "samskap.apps.challenges"
    label = "challenges"
