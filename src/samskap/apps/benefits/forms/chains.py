"""What people type about an effect chain: a link, an arrow, and what to begin from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samskap.apps.benefits.forms.said import SaidForm
from samskap.apps.benefits.labels import LINKS
from samskap.apps.benefits.labels.chains import LINK_MEANINGS

if TYPE_CHECKING:
    from samskap.apps.benefits.queries.chain_parts import Proposed

__all__ = ["ArrowForm", "BeginForm", "LinkForm", "PlaceForm"]


def _kinds() -> list[tuple[str, str]]:
    return [(kind, f"{name}: {LINK_MEANINGS[kind]}") for kind, name in LINKS.items()]


class LinkForm(SaidForm):
    """A link of the chain."""

    said_fields = ("title", "text")
    plain = ("kind",)

    kind = forms.ChoiceField(label=_("What kind of link is it?"), choices=_kinds, widget=forms.RadioSelect)
    title = forms.CharField(
        label=_("The link in a few words"), max_length=160, help_text=_("For example: “A fixed route to six villages”.")
    )
    text = forms.CharField(
        label=_("More about the link"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class ArrowForm(SaidForm):
    """An arrow between two links; `source` and `target` are ids."""

    said_fields = ("mechanism", "assumption")
    plain = ("source", "target")

    source = forms.TypedChoiceField(label=_("From which link?"), coerce=int)
    target = forms.TypedChoiceField(label=_("To which link?"), coerce=int)
    mechanism = forms.CharField(
        label=_("Mechanism: why does the one lead to the other?"),
        max_length=300,
        required=False,
        help_text=_("For example: “The same people meet again”."),
    )
    assumption = forms.CharField(
        label=_("Assumption: what must be so for that to happen?"),
        max_length=300,
        required=False,
        help_text=_("For example: “Those who are alone come”."),
    )

    def __init__(self, *args: Any, links: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.plain:
            self.fields[name].choices = [("", _("Choose a link")), *links]  # type: ignore[attr-defined]

    @classmethod
    def initial_of(cls, thing: Any) -> dict[str, Any]:
        return cls.said_initial(thing) | {"source": thing.source_id, "target": thing.target_id}


class BeginForm(forms.Form):
    """Which of the proposed links to make; all are chosen from the start."""

    chosen = forms.MultipleChoiceField(
        label=_("What shall be links of the chain?"), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, data: Any = None, *, proposed: Iterable[Proposed]) -> None:
        proposed = list(proposed)
        super().__init__(data, initial={"chosen": [one.key for one in proposed]})
        self.fields["chosen"].choices = [(one.key, one.words) for one in proposed]  # type: ignore[attr-defined]


class PlaceForm(forms.Form):
    """The outcome that a benefit hangs on; empty for none."""

    link = forms.TypedChoiceField(coerce=int, required=False, empty_value=None)

    def __init__(self, data: Any = None, *, links: Sequence[tuple[int, str]]) -> None:
        super().__init__(data)
        self.fields["link"].choices = [("", _("No outcome")), *links]  # type: ignore[attr-defined]
