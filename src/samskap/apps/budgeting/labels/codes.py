"""What people are told about the codes in their letters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

__all__ = ["CODE_PROBLEMS"]

CODE_PROBLEMS: dict[str, StrOrPromise] = {
    "empty": _("Write the code from your letter."),
    "sign": _("The code has a sign that no code has. Codes have the digits 2 to 9 and capital letters, and no vowels."),
    "length": _("The code has twelve signs, in three groups of four. Look whether one is missing or too many."),
    "check": _("There is a typing error in the code. Compare it with your letter, sign by sign."),
    "unknown": _("There is no such code for this vote. Look whether the letter is about this vote."),
    "other": _("That is not the code. Look at the screen in the hall or in your invitation."),
    "voided": _("This code is no longer valid: the letters were printed again or withdrawn. Use the newest letter."),
    "many": _("Many wrong codes have been tried just now. Wait a few minutes and try again."),
}  # fmt: skip
