"""The effect chain of an initiative: from what is put in to what it changes, with the reason on every arrow."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from samskap.apps.benefits import labels
from samskap.web.localised import LocalisedModel

__all__ = ["ChainArrow", "ChainLink"]


class ChainLink(LocalisedModel):
    """One link of the chain: an input, an activity, an output, an outcome or the impact on society."""

    initiative = models.ForeignKey("initiatives.Initiative", on_delete=models.CASCADE, related_name="chain_links")
    kind = models.CharField(max_length=8, choices=labels.link_choices)
    title = models.CharField(max_length=160)
    text = models.CharField(max_length=500, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(title=""), name="chain_link_has_title")]

    def __str__(self) -> str:
        return self.title

    @property
    def municipality_number(self) -> str:
        return self.initiative.municipality.number


class ChainArrow(LocalisedModel):
    """One link leads to another: by what mechanism, and on what assumption."""

    source = models.ForeignKey(ChainLink, on_delete=models.CASCADE, related_name="arrows_out")
    target = models.ForeignKey(ChainLink, on_delete=models.CASCADE, related_name="arrows_in")
    mechanism = models.CharField(max_length=300, blank=True)
    assumption = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["source", "target"], name="chain_arrow_once"),
            models.CheckConstraint(condition=~Q(source=F("target")), name="chain_arrow_between_two"),
        ]

    def __str__(self) -> str:
        return f"{self.source_id} → {self.target_id}"

    @property
    def municipality_number(self) -> str:
        return self.source.initiative.municipality.number
