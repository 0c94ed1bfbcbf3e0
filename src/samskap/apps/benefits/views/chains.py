"""The effect chain of an initiative: shown to everybody, and written link by link and arrow by arrow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samskap.apps.benefits.actions import chains as actions
from samskap.apps.benefits.forms.chains import ArrowForm, BeginForm, LinkForm, PlaceForm
from samskap.apps.benefits.queries import chain_pages, chain_parts, chains
from samskap.kernel.errors import NotFound, RuleError
from samskap.web.acting import SignedInRequest

if TYPE_CHECKING:
    from samskap.apps.benefits.models import ChainArrow, ChainLink
    from samskap.apps.initiatives.models import Initiative

__all__ = [
    "begin_chain",
    "chain",
    "change_arrow",
    "change_link",
    "delete_arrow",
    "delete_link",
    "move_link",
    "new_arrow",
    "new_link",
    "place_benefit",
    "restore_part",
    "work_chain",
]

# Where the last link or arrow that was deleted is kept for the button that puts it back.
_DELETED = "deleted_chain_part"


@require_safe
def chain(request: HttpRequest, pk: int) -> HttpResponse:
    """The chain as everybody sees it."""
    return render(request, "benefits/chains/chain.html", chain_pages.public_chain(pk, viewer=request.user))


@login_required
@require_safe
def work_chain(request: SignedInRequest, pk: int) -> HttpResponse:
    """The desk of the chain: drawn, looked through, and changed."""
    context = chain_pages.work_chain(pk, viewer=request.user)
    context["deleted"] = _deleted(request, pk) if "deleted" in request.GET else None
    return render(request, "benefits/chains/work_chain.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def begin_chain(request: SignedInRequest, pk: int) -> HttpResponse:
    """Choose what the chain begins from: costs, partners and benefits that are there already."""
    found = chains.editable_chain(pk, viewer=request.user)
    proposed = chain_parts.chain_proposals(found)
    form = BeginForm(request.POST if request.method == "POST" else None, proposed=proposed)
    if form.is_valid():
        chosen = [one for one in proposed if one.key in form.cleaned_data["chosen"]]
        try:
            made = actions.begin_chain(found, chosen, by=request.user)
        except RuleError as error:
            form.add_error(None, str(error))
        else:
            number = len(made)
            messages.success(request, ngettext("%(n)s link is made.", "%(n)s links are made.", number) % {"n": number})
            return redirect("benefits:work_chain", pk)
    context = chain_pages.chain_desk(found, viewer=request.user) | {"form": form}
    return render(request, "benefits/chains/begin.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def new_link(request: SignedInRequest, pk: int) -> HttpResponse:
    """Write one more link; `kind` in the address proposes its kind."""
    found = chains.editable_chain(pk, viewer=request.user)
    data = request.POST if request.method == "POST" else None
    form = LinkForm(data, language=found.language, initial={"kind": request.GET.get("kind", "input")})
    if form.is_valid():
        try:
            link = actions.add_link(found, by=request.user, **form.cleaned_thing())
        except RuleError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The link is added."))
            return _after_link(request, link)
    return _form_page(request, found, form, _("New link"))


def _after_link(request: SignedInRequest, link: ChainLink) -> HttpResponse:
    """The next link of the same kind where that was asked for, an arrow from this one, or the desk."""
    pk, then = link.initiative_id, request.POST.get("then", "")
    if then == "more":
        return redirect(f"{reverse('benefits:new_link', args=[pk])}?kind={link.kind}")
    if then == "arrow":
        return redirect(f"{reverse('benefits:new_arrow', args=[pk])}?to={link.pk}")
    return _at_link(pk, link.pk)


def _at_link(pk: int, link_pk: int) -> HttpResponse:
    return redirect(f"{reverse('benefits:work_chain', args=[pk])}#link-{link_pk}")


@login_required
@require_http_methods(["GET", "POST"])
def change_link(request: SignedInRequest, pk: int, link_pk: int) -> HttpResponse:
    """Change the words or the kind of a link."""
    found = chains.editable_chain(pk, viewer=request.user)
    link = chains.link_of(found, link_pk)
    data = request.POST if request.method == "POST" else None
    form = LinkForm(data, language=link.language, initial=LinkForm.initial_of(link))
    if form.is_valid():
        actions.change_link(link, by=request.user, **form.cleaned_thing())
        messages.success(request, _("The change is saved."))
        return _at_link(pk, link_pk)
    return _form_page(request, found, form, _("Change the link"), link=link)


@login_required
@require_POST
def move_link(request: SignedInRequest, pk: int, link_pk: int) -> HttpResponse:
    """Move a link up or down among those of its kind (`towards`)."""
    found = chains.editable_chain(pk, viewer=request.user)
    link = chains.link_of(found, link_pk)
    actions.move_link(link, towards="down" if request.POST.get("towards") == "down" else "up", by=request.user)
    return _at_link(pk, link_pk)


@login_required
@require_POST
def delete_link(request: SignedInRequest, pk: int, link_pk: int) -> HttpResponse:
    """Delete a link with its arrows, and keep them for the button that puts them back."""
    found = chains.editable_chain(pk, viewer=request.user)
    link = chains.link_of(found, link_pk)
    name = link.said.title
    return _keep(request, pk, "link", actions.delete_link(link, by=request.user), name)


@login_required
@require_http_methods(["GET", "POST"])
def new_arrow(request: SignedInRequest, pk: int) -> HttpResponse:
    """Draw an arrow; `from` and `to` in the address propose its ends."""
    found = chains.editable_chain(pk, viewer=request.user)
    initial = {"source": request.GET.get("from", ""), "target": request.GET.get("to", "")}
    form = _arrow_form(request, found, found.language, initial)
    if form.is_valid() and (arrow := _saved_arrow(request, found, form)):
        messages.success(request, _("The arrow is drawn."))
        return _at_link(pk, arrow.source_id)
    return _form_page(request, found, form, _("New arrow"))


@login_required
@require_http_methods(["GET", "POST"])
def change_arrow(request: SignedInRequest, pk: int, arrow_pk: int) -> HttpResponse:
    """Change the words of an arrow, or where it begins and ends."""
    found = chains.editable_chain(pk, viewer=request.user)
    arrow = chains.arrow_of(found, arrow_pk)
    form = _arrow_form(request, found, arrow.language, ArrowForm.initial_of(arrow))
    if form.is_valid() and (saved := _saved_arrow(request, found, form, arrow)):
        messages.success(request, _("The change is saved."))
        return _at_link(pk, saved.source_id)
    return _form_page(request, found, form, _("Change the arrow"))


def _arrow_form(request: SignedInRequest, found: Initiative, language: str, initial: dict[str, Any]) -> ArrowForm:
    data = request.POST if request.method == "POST" else None
    return ArrowForm(data, language=language, initial=initial, links=chain_parts.link_choices(found))


def _saved_arrow(
    request: SignedInRequest, found: Initiative, form: ArrowForm, arrow: ChainArrow | None = None
) -> ChainArrow | None:
    """The arrow as it was typed, or None with the reason in the form."""
    fields = form.cleaned_thing()
    fields |= {end: chains.link_of(found, fields[end]) for end in ("source", "target")}
    try:
        if arrow is None:
            return actions.add_arrow(found, by=request.user, **fields)
        return actions.change_arrow(arrow, by=request.user, **fields)
    except RuleError as error:
        form.add_error(None, str(error))
        return None


@login_required
@require_POST
def delete_arrow(request: SignedInRequest, pk: int, arrow_pk: int) -> HttpResponse:
    """Delete an arrow, and keep it for the button that puts it back."""
    found = chains.editable_chain(pk, viewer=request.user)
    arrow = chains.arrow_of(found, arrow_pk)
    name = f"{arrow.source.said.title} → {arrow.target.said.title}"
    return _keep(request, pk, "arrow", actions.delete_arrow(arrow, by=request.user), name)


def _keep(request: SignedInRequest, pk: int, part: str, kept: dict[str, Any], name: str) -> HttpResponse:
    request.session[_DELETED] = {"initiative": pk, "part": part, "kept": kept, "name": name}
    return redirect(f"{reverse('benefits:work_chain', args=[pk])}?deleted")


def _deleted(request: SignedInRequest, pk: int) -> dict[str, Any] | None:
    kept: dict[str, Any] | None = request.session.get(_DELETED)
    return kept if kept and kept["initiative"] == pk else None


@login_required
@require_POST
def restore_part(request: SignedInRequest, pk: int) -> HttpResponse:
    """Put back the link or the arrow that was deleted last."""
    found = chains.editable_chain(pk, viewer=request.user)
    kept = _deleted(request, pk)
    if kept is None:
        raise NotFound(_("There is nothing to put back."))
    del request.session[_DELETED]
    try:
        if kept["part"] == "arrow":
            at = actions.restore_arrow(found, kept["kept"], by=request.user).source_id
        else:
            at = actions.restore_link(found, kept["kept"], by=request.user).pk
    except RuleError as error:
        messages.error(request, str(error))
        return redirect("benefits:work_chain", pk)
    messages.success(request, _("It is back."))
    return _at_link(pk, at)


@login_required
@require_POST
def place_benefit(request: SignedInRequest, pk: int, benefit_pk: int) -> HttpResponse:
    """Hang a benefit on an outcome, or on none."""
    found = chains.editable_chain(pk, viewer=request.user)
    benefit = chains.benefit_to_place(found, benefit_pk)
    form = PlaceForm(request.POST, links=chain_parts.outcome_choices(found))
    if not form.is_valid():
        raise NotFound(_("There is no such link in this effect chain."))
    chosen = form.cleaned_data["link"]
    link = chains.link_of(found, chosen) if chosen is not None else None
    actions.place_benefit(benefit, link=link, by=request.user)
    messages.success(request, _("The change is saved."))
    return redirect(f"{reverse('benefits:work_chain', args=[pk])}#benefits")


def _form_page(
    request: SignedInRequest,
    found: Initiative,
    form: LinkForm | ArrowForm,
    title: str,
    *,
    link: ChainLink | None = None,
) -> HttpResponse:
    """A page with one form: that of a link, or of an arrow."""
    context = chain_pages.chain_desk(found, viewer=request.user)
    context |= {"form": form, "title": title, "link": link, "is_arrow": isinstance(form, ArrowForm)}
    return render(request, "benefits/chains/part.html", context)
