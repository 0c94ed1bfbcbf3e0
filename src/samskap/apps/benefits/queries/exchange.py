"""Benefits as IATI results: the published ones written down, and a file of others looked at before it is imported."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from samskap.apps.actors.queries import frame, organisations_of
from samskap.apps.benefits.labels.benefits import GIVEN_UNITS, amount
from samskap.apps.benefits.labels.exchange import cut_words, problem_sentence
from samskap.apps.benefits.models import Benefit
from samskap.apps.benefits.queries.benefits import rows
from samskap.apps.benefits.queries.reading import BenefitRead, read_benefit
from samskap.apps.benefits.rules import exchange, measuring
from samskap.apps.initiatives.permissions import can_decide_gate
from samskap.apps.initiatives.queries import editable_initiative, today
from samskap.formats import iati_results as iati
from samskap.kernel.errors import NotFound
from samskap.web.localised import LANGUAGES

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from samskap.apps.actors.models import Municipality, Organisation
    from samskap.apps.initiatives.models import Initiative

__all__ = [
    "ResultLine",
    "ResultPreview",
    "import_defaults",
    "import_desk",
    "organisation_for",
    "planned_of",
    "previews",
    "read_upload",
    "results_of_initiative",
    "results_of_municipality",
    "upload_path",
]

LOCAL_GOVERNMENT = "11"
BODY_TYPES = {"public": "15", "private": "70", "voluntary": "22"}
OUTCOME, IMPACT = "2", "3"


# --- Written down ---


def results_of_municipality(municipality: Municipality, *, now: datetime) -> bytes:
    """The benefits of every published initiative, with what is approved or locked; `NotFound` where there are none."""
    found = rows().filter(initiative__municipality=municipality, initiative__published_at__isnull=False)
    return _written(municipality, found.order_by("initiative_id", "order", "pk"), now=now)


def results_of_initiative(initiative: Initiative, *, now: datetime) -> bytes:
    """The benefits of one initiative, with what is approved or locked; `NotFound` where there are none."""
    return _written(initiative.municipality, rows().filter(initiative=initiative), now=now)


def _written(municipality: Municipality, benefits: QuerySet[Benefit], *, now: datetime) -> bytes:
    by_initiative: dict[int, list[Benefit]] = {}
    for one in benefits.select_related("link", "initiative__owner_organisation"):
        by_initiative.setdefault(one.initiative_id, []).append(one)
    if not by_initiative:
        raise NotFound(_("There are no benefits to show yet."))
    activities = tuple(_activity(municipality, found) for found in by_initiative.values())
    return iati.written_results(iati.Document(activities, now, municipality.is_illustrative))


def _activity(municipality: Municipality, benefits: Sequence[Benefit]) -> iati.Activity:
    initiative = benefits[0].initiative
    reporter = iati.Body(municipality.name, _reference(municipality), LOCAL_GOVERNMENT)
    owner = initiative.owner_organisation
    starts_on = initiative.starts_on or min(one.effects_from for one in benefits)
    return iati.Activity(
        identifier=f"{reporter.ref}-{initiative.pk}",
        language=initiative.language,
        title=_texts(initiative, "title"),
        text=_texts(initiative, "summary"),
        reporter=reporter,
        implementer=_body(owner) if owner else reporter,
        status=exchange.status_of(initiative.stage),
        starts_on=starts_on,
        has_started=starts_on <= today(),
        results=tuple(map(_result, benefits)),
    )


def _reference(municipality: Municipality) -> str:
    """The municipality by its number: it is no organisation of ours with a number in the register of those."""
    return f"NO-KOMMUNE-{municipality.number}"


def _body(organisation: Organisation) -> iati.Body:
    number = organisation.register_number
    return iati.Body(organisation.name, f"NO-BRC-{number}" if number else "", BODY_TYPES[organisation.sector])


def _texts(thing: Any, field: str) -> iati.Texts:
    """The original first, then what is translated."""
    own = ((thing.language, getattr(thing, field)),)
    others = tuple((code, said.get(field, "")) for code, said in sorted(thing.translations.items()))
    return tuple((code, words) for code, words in (*own, *others) if words)


def _result(benefit: Benefit) -> iati.Result:
    read = read_benefit(benefit)
    base = read.baseline
    measured = [exchange.Measured(one.on, one.value, one.number.source, one.cause) for one in read.counting]
    return iati.Result(
        type=IMPACT if benefit.link and benefit.link.kind == "impact" else OUTCOME,
        title=_texts(benefit, "title"),
        indicator=_texts(benefit, "measure"),
        measure="2" if benefit.unit.casefold().strip() in exchange.PER_CENT else "1",
        is_ascending=benefit.better == "higher",
        text=_texts(benefit, "text"),
        baseline=iati.Baseline(base.on.year, base.value, base.on, base.source) if base else None,
        periods=exchange.periods_of(
            effects_from=benefit.effects_from,
            baseline_on=base.on if base else None,
            targets={one.due_on: one.value for one in read.targets},
            measured=measured,
        ),
        own=iati.Own(
            kind=benefit.kind,
            certainty=benefit.certainty,
            gainer_sector=benefit.gainer_sector,
            effects_from=benefit.effects_from,
            owner_organisation=benefit.owner_organisation.name,
            gainer=_texts(benefit, "gainer"),
            owner_role=_texts(benefit, "owner_role"),
            unit=_unit(benefit),
            is_harm=benefit.is_harm,
            is_planned=benefit.is_planned,
            allows_negative=benefit.allows_negative or _is_below_zero(read),
        ),
    )


def _is_below_zero(read: BenefitRead) -> bool:
    """Published figures are taken as they are, also where nobody has said that they can be below zero."""
    before = [read.baseline.value] if read.baseline else []
    return any(value < 0 for value in (*before, *(one.value for one in read.counting)))


def _unit(benefit: Benefit) -> iati.Texts:
    """The unit in every language that it is known in; a kind that is always counted in one unit has it in all."""
    given = measuring.GIVEN_UNITS.get(benefit.kind)
    if given is None:
        return _texts(benefit, "unit")
    found = []
    for code, _name in LANGUAGES:
        with override(code):
            found.append((code, str(GIVEN_UNITS[given])))
    return tuple(found)


# --- Looked at ---


@dataclass(frozen=True)
class ResultLine:
    """One result of a file, in words: what becomes a benefit, with its rows of days, targets and measurements."""

    title: str
    lang: str
    measure: str
    baseline: tuple[date, str] | None
    rows: tuple[tuple[date, str, str], ...]


@dataclass(frozen=True)
class ResultPreview:
    """An activity of a file: what is in it, what is wrong with it, and what is left out or cut off."""

    key: str
    title: str
    lang: str
    identifier: str
    reporter: str
    lines: tuple[ResultLine, ...]
    problems: tuple[str, ...]
    left_out: tuple[str, ...]
    is_ours: bool


def upload_path(person_pk: int, token: str) -> Path:
    """Where a file that waits for its import is kept; `token` is in the address of the preview."""
    kept = re.sub(r"[^A-Za-z0-9_-]", "", token)[:60]
    return Path(settings.SAMSKAP_DATA) / "imports" / f"{person_pk}-{kept}.iati.xml"


def read_upload(path: Path) -> iati.Reading:
    """The file that was kept there. FormatError where it is no IATI file, `NotFound` where it is gone."""
    if not path.is_file():
        raise NotFound(_("The file is not here any more."), cure=_("Upload it again."))
    return iati.read_results(path.read_bytes())


def import_defaults(initiative: Initiative, activity: iati.ReadActivity, said: dict[str, Any]) -> exchange.Defaults:
    """What the form says, for what the file does not say."""
    name = activity.identifier or activity.reporter
    with override(initiative.language):
        source = (_("Imported from %(name)s") % {"name": name} if name else _("Imported from a file"))[:300]
    return exchange.Defaults(
        language=initiative.language,
        kind=said["kind"],
        gainer=said["gainer"],
        gainer_sector=said["gainer_sector"],
        owner_role=said["owner_role"],
        unit=said["unit"],
        source=source,
        today=today(),
    )


def planned_of(activity: iati.ReadActivity, defaults: exchange.Defaults) -> tuple[exchange.PlannedBenefit, ...]:
    """The benefits that its results become."""
    return tuple(exchange.planned_benefit(one, defaults) for one in activity.results)


def previews(reading: iati.Reading, initiative: Initiative) -> tuple[ResultPreview, ...]:
    """What is in a file, activity by activity."""
    blank = dict.fromkeys(("kind", "gainer", "gainer_sector", "owner_role", "unit"), "")
    found = []
    for place, one in enumerate(reading.activities):
        planned = planned_of(one, import_defaults(initiative, one, blank))
        title, lang = _shown(one.title)
        cut = [cut_words(each.fields["title"], each.cut) for each in planned if each.cut]
        found.append(
            ResultPreview(
                key=str(place),
                title=title or one.identifier,
                lang=lang,
                identifier=one.identifier,
                reporter=one.reporter,
                lines=tuple(map(_line, one.results, planned)),
                problems=tuple(map(problem_sentence, one.problems)),
                left_out=(*map(problem_sentence, one.left_out), *cut),
                is_ours=bool(one.results) and all(each.own and each.own.is_whole for each in one.results),
            )
        )
    return tuple(found)


def _line(result: iati.Result, planned: exchange.PlannedBenefit) -> ResultLine:
    title, lang = _shown(result.title)
    unit = planned.fields["unit"]
    targets = dict(planned.targets)
    measured = {one.on: one.value for one in planned.measurements}
    days = sorted({*targets, *measured})
    base = planned.baseline
    return ResultLine(
        title=title,
        lang=lang,
        measure=" · ".join(words for words in (_shown(result.indicator)[0], unit) if words),
        baseline=(base.on, amount(base.value)) if base else None,
        rows=tuple((day, amount(targets.get(day)), amount(measured.get(day))) for day in days),
    )


def _shown(texts: iati.Texts) -> tuple[str, str]:
    """The words in the reader's language, else the first, and which language they are in."""
    words = iati.in_language(texts, get_language() or "nb", "nb", "en")
    return words, next((code for code, said in texts if said == words), "")


def import_desk(pk: int, *, viewer: Any) -> dict[str, Any]:
    """The initiative, for those who may change it, and the organisations that can answer for its benefits."""
    initiative = editable_initiative(pk, viewer=viewer)
    in_charge = can_decide_gate(viewer, initiative)
    return {
        **frame(initiative.municipality),
        "initiative": initiative,
        "said": initiative.said,
        "organisations": organisations_of(initiative.municipality),
        "may_decide": in_charge,
        "base": "actors/base_work.html" if in_charge else "web/base.html",
    }


def organisation_for(initiative: Initiative, name: str, chosen: Organisation) -> Organisation:
    """The organisation here that the file names; where there is none of that name, the one that was chosen."""
    wanted = name.casefold().strip()
    here = organisations_of(initiative.municipality) if wanted else []
    return next((one for one in here if one.name.casefold() == wanted), chosen)
