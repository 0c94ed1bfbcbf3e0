"""The effect list that an initiative is appraised by, and the answers that were given."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone

from samskap.apps.benefits import labels
from samskap.web.localised import LocalisedModel

__all__ = ["Appraisal", "Effect", "EffectYear"]


def _share(**options: Any) -> Any:
    return models.DecimalField(max_digits=5, decimal_places=4, **options)


def _is_share(field: str) -> Q:
    return Q(**{f"{field}__isnull": True}) | Q(**{f"{field}__gte": 0, f"{field}__lte": 1})


class Effect(LocalisedModel):
    """One line of the effect list: so much of something, for somebody, in each year.

    `price_nok` is kroner of `price_year` a unit; without one the effect is not priced, and `scale` (-4 to 4) says how
    good or bad it is. `public_share` (0 to 1) is how much of it is net public financing. `in_kind` is what is given as
    hours or goods and counts as an input. The shares of SROI are empty where nobody has looked: then SROI is refused.
    `spread` names a distribution; `spread_sd`, or `low`, `mode` and `high`, are factors of the quantity.
    `origin` says what it was built from (`costs:<payer>`, `hours:<organisation>`, `benefit:<id>`), "" where typed.
    """

    initiative = models.ForeignKey("initiatives.Initiative", on_delete=models.CASCADE, related_name="effect_list")
    benefit = models.ForeignKey(
        "benefits.Benefit", on_delete=models.SET_NULL, null=True, blank=True, related_name="effects"
    )
    title = models.CharField(max_length=160)
    kind = models.CharField(max_length=16, choices=labels.effect_kind_choices)
    is_harm = models.BooleanField(default=False)
    who = models.CharField(max_length=160)
    organisation = models.ForeignKey(
        "actors.Organisation", on_delete=models.RESTRICT, null=True, blank=True, related_name="effects"
    )
    sector = models.CharField(max_length=9, choices=labels.sector_choices)
    certainty = models.CharField(max_length=5, choices=labels.certainty_choices, default="hoped")
    unit = models.CharField(max_length=40)
    price_nok = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    price_year = models.PositiveSmallIntegerField(null=True, blank=True)
    price_source = models.CharField(max_length=300, blank=True)
    scale = models.SmallIntegerField(null=True, blank=True)
    growth = _share(default=Decimal(0))
    public_share = _share(default=Decimal(0))
    in_kind = models.BooleanField(default=False)
    deadweight = _share(null=True, blank=True)
    displacement = _share(null=True, blank=True)
    attribution = _share(null=True, blank=True)
    drop_off = _share(null=True, blank=True)
    shares_source = models.CharField(max_length=300, blank=True)
    spread = models.CharField(max_length=10, choices=labels.spread_choices, blank=True)
    spread_sd = models.DecimalField(max_digits=8, decimal_places=4, null=True, blank=True)
    low = models.DecimalField(max_digits=8, decimal_places=4, null=True, blank=True)
    mode = models.DecimalField(max_digits=8, decimal_places=4, null=True, blank=True)
    high = models.DecimalField(max_digits=8, decimal_places=4, null=True, blank=True)
    origin = models.CharField(max_length=40, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["initiative", "origin"], condition=~Q(origin=""), name="effect_built_once_from_its_origin"
            ),
            models.CheckConstraint(condition=~Q(title="") & ~Q(unit=""), name="effect_has_title_and_unit"),
            models.CheckConstraint(
                condition=Q(price_nok__isnull=True) | Q(scale__isnull=True), name="effect_price_or_scale"
            ),
            models.CheckConstraint(
                condition=Q(price_nok__isnull=True) | Q(price_nok__gte=0, price_year__isnull=False),
                name="effect_price_has_year",
            ),
            models.CheckConstraint(
                condition=Q(scale__isnull=True) | Q(scale__gte=-4, scale__lte=4), name="effect_scale_4_to_4"
            ),
            *(
                models.CheckConstraint(condition=_is_share(field), name=f"effect_{field}_0_to_1")
                for field in ("public_share", "deadweight", "displacement", "attribution", "drop_off")
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def municipality_number(self) -> str:
        return self.initiative.municipality.number


class EffectYear(models.Model):
    """How much of an effect there is in a year: never negative, a harm is said by the effect."""

    effect = models.ForeignKey(Effect, on_delete=models.CASCADE, related_name="years")
    year = models.PositiveSmallIntegerField()
    quantity = models.DecimalField(max_digits=18, decimal_places=4)

    class Meta:
        ordering = ["year"]
        constraints = [
            models.UniqueConstraint(fields=["effect", "year"], name="effect_year_once"),
            models.CheckConstraint(condition=Q(quantity__gte=0), name="effect_quantity_not_negative"),
            models.CheckConstraint(condition=Q(year__gte=2000) & Q(year__lte=2150), name="effect_year_known"),
        ]

    def __str__(self) -> str:
        return f"{self.effect_id}: {self.quantity} {self.year}"


class Appraisal(models.Model):
    """One answer: the effect list as it was, the edition of the parameters and the options, and the result.

    `inputs`, `options` and `result` are documents of `formats/appraisal_json`; nothing of them is changed afterwards.
    """

    initiative = models.ForeignKey("initiatives.Initiative", on_delete=models.CASCADE, related_name="appraisals")
    name = models.CharField(max_length=120)
    edition = models.CharField(max_length=40)
    options = models.JSONField(default=dict)
    inputs = models.JSONField(default=dict)
    result = models.JSONField(default=dict)
    input_hash = models.CharField(max_length=64)
    seed = models.PositiveBigIntegerField()
    engine_version = models.CharField(max_length=20)
    is_shown = models.BooleanField(default=False)
    created_by = models.ForeignKey(
        "actors.Person", on_delete=models.SET_NULL, null=True, blank=True, related_name="appraisals"
    )
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [models.CheckConstraint(condition=~Q(name=""), name="appraisal_has_name")]

    def __str__(self) -> str:
        return self.name

    @property
    def municipality_number(self) -> str:
        return self.initiative.municipality.number
