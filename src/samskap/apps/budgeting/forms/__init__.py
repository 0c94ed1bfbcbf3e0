"""What people type about ballots, parsed and cleaned."""

from samskap.apps.budgeting.forms.choosing import (
    CodeForm,
    PaperNumberForm,
    ReadPaperForm,
    Row,
    SizeForm,
    VoterForm,
    WhereForm,
)
from samskap.apps.budgeting.forms.importing import (
    CloseForm,
    DropForm,
    ImportForm,
    ReceiptForm,
    UploadForm,
)
from samskap.apps.budgeting.forms.preparing import (
    BatchForm,
    DistrictsForm,
    FallForm,
    GroupForm,
    NewBallotForm,
    ProjectForm,
    RulesForm,
    TextsForm,
    WindowForm,
)

__all__ = [
    "BatchForm",
    "CloseForm",
    "CodeForm",
    "DistrictsForm",
    "DropForm",
    "FallForm",
    "GroupForm",
    "ImportForm",
    "NewBallotForm",
    "PaperNumberForm",
    "ProjectForm",
    "ReadPaperForm",
    "ReceiptForm",
    "Row",
    "RulesForm",
    "SizeForm",
    "TextsForm",
    "UploadForm",
    "VoterForm",
    "WhereForm",
    "WindowForm",
]
