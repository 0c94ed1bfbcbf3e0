"""What people type about ideas, opportunities and initiatives, parsed and cleaned."""

from samskap.apps.initiatives.forms.gates import (
    GateForm,
)
from samskap.apps.initiatives.forms.initiatives import (
    SECTION_FORMS,
    AboutForm,
    FilterForm,
    NewInitiativeForm,
    NextForm,
    SectionForm,
)
from samskap.apps.initiatives.forms.parts import (
    PART_FORMS,
    PartForm,
)

__all__ = [
    "PART_FORMS",
    "SECTION_FORMS",
    "AboutForm",
    "FilterForm",
    "GateForm",
    "NewInitiativeForm",
    "NextForm",
    "PartForm",
    "SectionForm",
]
