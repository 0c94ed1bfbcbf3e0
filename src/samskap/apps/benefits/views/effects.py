"""The effect list: written line by line, built up with one press, and put back where that was too fast."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samskap.apps.benefits.actions import effects as actions
from samskap.apps.benefits.forms.effects import BuildForm, EffectForm
from samskap.apps.benefits.forms.typed import as_typed
from samskap.apps.benefits.queries import building
from samskap.apps.benefits.queries import effects as queries
from samskap.kernel.errors import NotFound, RuleError
from samskap.web.acting import SignedInRequest

__all__ = [
    "build_effects",
    "change_effect",
    "effect_list",
    "new_effect",
    "remove_effect",
    "restore_effect",
    "undo_build",
]

# Where the last thing that was done is kept for the button that takes it back.
_REMOVED, _BUILT = "removed_effect", "built_effects"


@login_required
@require_safe
def effect_list(request: SignedInRequest, pk: int) -> HttpResponse:
    """The list under its kinds, what is lacking, and the ways to add to it."""
    context = queries.effect_page(pk, viewer=request.user)
    initiative = context["initiative"]
    context |= {
        "groups": queries.list_groups(queries.effects_of(initiative)),
        "buildable": building.buildable(initiative),
        "removed": _kept(request, _REMOVED, pk) if "removed" in request.GET else None,
        "built": _kept(request, _BUILT, pk) if "built" in request.GET else None,
    }
    return render(request, "benefits/effects/list.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def new_effect(request: SignedInRequest, pk: int) -> HttpResponse:
    """One more line."""
    context = queries.effect_page(pk, viewer=request.user)
    form = _form(context["initiative"], request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.add_effect(context["initiative"], by=request.user, **form.values())
        except RuleError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("It is added."))
            return redirect("benefits:effect_list", pk)
    return render(request, "benefits/effects/edit.html", context | {"form": form, "deeper": True})


@login_required
@require_http_methods(["GET", "POST"])
def change_effect(request: SignedInRequest, pk: int, effect_pk: int) -> HttpResponse:
    """Change one line."""
    context = queries.effect_page(pk, viewer=request.user)
    effect = queries.effect_of(context["initiative"], effect_pk)
    form = _form(context["initiative"], request.POST if request.method == "POST" else None, effect=effect)
    if form.is_valid():
        try:
            actions.change_effect(effect, by=request.user, **form.values())
        except RuleError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The change is saved."))
            return redirect("benefits:effect_list", pk)
    return render(request, "benefits/effects/edit.html", context | {"form": form, "effect": effect, "deeper": True})


def _form(initiative: Any, data: Any, *, effect: Any = None) -> EffectForm:
    return EffectForm(
        data,
        language=effect.language if effect else initiative.language,
        initial=EffectForm.initial_of(effect) if effect else queries.effect_initial(initiative),
        choices=queries.effect_choices(initiative),
        place=initiative.municipality.name,
        price_years=queries.price_years(),
    )


@login_required
@require_POST
def remove_effect(request: SignedInRequest, pk: int, effect_pk: int) -> HttpResponse:
    """Take one line away, and keep it for the button that puts it back."""
    initiative = queries.effect_page(pk, viewer=request.user)["initiative"]
    effect = queries.effect_of(initiative, effect_pk)
    typed = as_typed(_form(initiative, None, effect=effect))
    actions.remove_effect(effect, by=request.user)
    kept = {"typed": typed, "language": effect.language, "origin": effect.origin, "name": effect.title}
    request.session[_REMOVED] = {"initiative": pk, **kept}
    return redirect(f"{reverse('benefits:effect_list', args=[pk])}?removed")


@login_required
@require_POST
def restore_effect(request: SignedInRequest, pk: int) -> HttpResponse:
    """Put back what was taken away last."""
    initiative = queries.effect_page(pk, viewer=request.user)["initiative"]
    kept = _kept(request, _REMOVED, pk)
    if not kept:
        raise NotFound(_("There is nothing to put back."))
    form = EffectForm(
        kept["typed"],
        language=kept["language"],
        choices=queries.effect_choices(initiative),
        place=initiative.municipality.name,
    )
    if not form.is_valid():
        raise NotFound(_("There is nothing to put back."))
    del request.session[_REMOVED]
    try:
        actions.add_effect(initiative, by=request.user, origin=kept["origin"], **form.values())
    except RuleError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("It is back."))
    return redirect("benefits:effect_list", pk)


@login_required
@require_http_methods(["GET", "POST"])
def build_effects(request: SignedInRequest, pk: int) -> HttpResponse:
    """Build the list up from costs, confirmed hours and benefits with targets."""
    context = queries.effect_page(pk, viewer=request.user)
    initiative = context["initiative"]
    found = building.buildable(initiative)
    form = BuildForm(
        request.POST if request.method == "POST" else None,
        initial=building.build_initial(initiative, found),
        sources=building.source_choices(found),
        price_years=queries.price_years(),
    )
    if form.is_valid():
        lines = building.proposals(initiative, **form.cleaned_data)
        try:
            return _onwards(request, pk, actions.build_effects(initiative, lines, by=request.user))
        except RuleError as error:
            form.add_error(None, str(error))
    return render(request, "benefits/effects/build.html", context | {"form": form, "buildable": found, "deeper": True})


def _onwards(request: SignedInRequest, pk: int, built: actions.Built) -> HttpResponse:
    """Back to the list, which says what was done and has the button that takes it back."""
    before = {key: {str(year): str(amount) for year, amount in rows.items()} for key, rows in built.before.items()}
    added, changed = len(built.added), len(built.before)
    said = [
        ngettext("%(number)s line is added.", "%(number)s lines are added.", added) % {"number": added},
        ngettext(
            "The quantities of %(number)s line are brought up to date.",
            "The quantities of %(number)s lines are brought up to date.",
            changed,
        )
        % {"number": changed},
    ]
    words = " ".join(one for one, number in zip(said, (added, changed), strict=True) if number)
    name = words or _("Everything stood there already.")
    request.session[_BUILT] = {"initiative": pk, "added": list(built.added), "before": before, "name": name}
    return redirect(f"{reverse('benefits:effect_list', args=[pk])}?built")


@login_required
@require_POST
def undo_build(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take back what was built last."""
    initiative = queries.effect_page(pk, viewer=request.user)["initiative"]
    kept = _kept(request, _BUILT, pk)
    if not kept:
        raise NotFound(_("There is nothing to take back."))
    before = {
        int(key): {int(year): Decimal(amount) for year, amount in rows.items()} for key, rows in kept["before"].items()
    }
    actions.undo_build(initiative, actions.Built(tuple(kept["added"]), before), by=request.user)
    del request.session[_BUILT]
    messages.success(request, _("It is as it was before."))
    return redirect("benefits:effect_list", pk)


def _kept(request: SignedInRequest, name: str, pk: int) -> dict[str, Any] | None:
    kept: dict[str, Any] | None = request.session.get(name)
    return kept if kept and kept["initiative"] == pk else None
