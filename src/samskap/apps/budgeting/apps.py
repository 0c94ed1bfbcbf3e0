from django.apps import AppConfig


class BudgetingConfig(AppConfig):
    name = "samskap.apps.budgeting"
    label = "budgeting"
