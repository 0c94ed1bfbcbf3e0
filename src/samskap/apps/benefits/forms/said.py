"""Texts of one thing in the language of the initiative first; the other languages stand folded beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from samskap.web.localised_forms import LocalisedForm

if TYPE_CHECKING:
    from samskap.web.localised_forms import Column

__all__ = ["SaidForm"]


class SaidForm(LocalisedForm):
    """A form whose original language is given: that of the thing, or of the initiative that it belongs to.

    `plain` are the fields of a subclass that have no language of their own.
    """

    plain: tuple[str, ...] = ()

    def __init__(
        self, data: Any = None, *, language: str, initial: dict[str, Any] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(data, initial={**(initial or {}), "language": language}, **kwargs)
        self.fields["language"].disabled = True
        for name in self._demanded:
            self.fields[f"{name}_{language}"].required = True

    @classmethod
    def initial_of(cls, thing: Any) -> dict[str, Any]:
        """What stands in the fields for a thing that is there."""
        return cls.said_initial(thing) | {name: getattr(thing, name) for name in cls.plain}

    @property
    def original(self) -> Column:
        """The texts in the original language."""
        return next(column for column in self.columns if column.code == self.initial["language"])

    @property
    def others(self) -> list[Column]:
        """The texts in the other languages."""
        return [column for column in self.columns if column.code != self.initial["language"]]

    @property
    def has_others(self) -> bool:
        """Whether something is written, or wrong, in another language: then it is shown at once."""
        return any(field.value() or field.errors for column in self.others for field in column.fields)

    def cleaned_thing(self) -> dict[str, Any]:
        """The fields as a model has them."""
        return self.cleaned_said() | {name: self.cleaned_data[name] for name in self.plain}
