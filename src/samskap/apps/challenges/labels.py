"""Words people see for the states of a challenge."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

__all__ = ["VISIBILITY"]

VISIBILITY = {True: _("Published"), False: _("Draft")}
