"""What an audit found, in words: English, bokmål and nynorsk. Every entry has all three."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from samskap.formats.count_told import FindingTold
from samskap.formats.languages import Language, Words, said
from samskap.formats.text_tables import printable

__all__ = ["WORDS", "finding_sentence"]

AMOUNTS = ("cost", "budget", "left", "start", "expected", "money", "part")

WORDS: Words = {
    "voters_differ": (
        "{counted} voters are counted, and {voters} cast a ballot.",
        "{counted} velgere er talt, og {voters} har stemt.",
        "{counted} veljarar er talde, og {voters} har røysta.",
    ),
    "weights_differ": (
        "Equal ballots number {class} are not counted as often as they were cast.",
        "Like stemmesedler nummer {class} er ikke talt så mange ganger som de ble avgitt.",
        "Like røystesetlar nummer {class} er ikkje talde så mange gonger som dei vart gitt.",
    ),
    "ballots_differ": (
        "{counted} choices are counted, and {cast} were cast, or they are not the same.",
        "{counted} valg er talt, og {cast} ble avgitt, eller de er ikke de samme.",
        "{counted} val er talde, og {cast} vart gitt, eller dei er ikkje dei same.",
    ),
    "twice": ("{project} won twice.", "{project} vant to ganger.", "{project} vann to gonger."),
    "over_budget": (
        "What won costs {cost}, and the budget is {budget}.",
        "Det som vant, koster {cost}, og budsjettet er {budget}.",
        "Det som vann, kostar {cost}, og budsjettet er {budget}.",
    ),
    "over_district": (
        "What won in {district} costs {cost}, and its budget is {budget}.",
        "Det som vant i {district}, koster {cost}, og budsjettet der er {budget}.",
        "Det som vann i {district}, kostar {cost}, og budsjettet der er {budget}.",
    ),
    "under_support": (
        "{project} won with {votes} votes, and {needed} are needed.",
        "{project} vant med {votes} stemmer, og det trengs {needed}.",
        "{project} vann med {votes} røyster, og det trengst {needed}.",
    ),
    "rivals_won": (
        "{project} and {other} both won, and only one of them may.",
        "{project} og {other} vant begge, og bare ett av dem kan vinne.",
        "{project} og {other} vann begge, og berre eitt av dei kan vinne.",
    ),
    "need_lost": (
        "{project} won without {other}, which it needs.",
        "{project} vant uten {other}, som det trenger.",
        "{project} vann utan {other}, som det treng.",
    ),
    "fits": (
        "{project} costs {cost}, and {left} are left.",
        "{project} koster {cost}, og det er {left} igjen.",
        "{project} kostar {cost}, og det er {left} att.",
    ),
    "start_differs": (
        "Voters began with {start}, and their share is {expected}.",
        "Velgerne begynte med {start}, og andelen deres er {expected}.",
        "Veljarane byrja med {start}, og delen deira er {expected}.",
    ),
    "below_zero": (
        "Voters with equal ballots number {class} paid more than they had.",
        "Velgere med like stemmesedler nummer {class} betalte mer enn de hadde.",
        "Veljarar med like røystesetlar nummer {class} betalte meir enn dei hadde.",
    ),
    "stranger_paid": (
        "Voters paid for {project} who had not chosen it.",
        "Noen betalte for {project} uten å ha valgt det.",
        "Nokon betalte for {project} utan å ha valt det.",
    ),
    "paid_differs": (
        "What was paid for {project} is not what it costs.",
        "Det som ble betalt for {project}, er ikke det den koster.",
        "Det som vart betalt for {project}, er ikkje det som er prisen.",
    ),
    "gave_too_much": (
        "Some paid more for {project} than others who had money left.",
        "Noen betalte mer for {project} enn andre som hadde penger igjen.",
        "Nokon betalte meir for {project} enn andre som hadde pengar att.",
    ),
    "no_order": (
        "The rule is not a row of choices that can be checked one by one.",
        "Regelen er ikke en rekke av valg som kan kontrolleres ett for ett.",
        "Regelen er ikkje ei rekkje av val som kan kontrollerast eitt for eitt.",
    ),
    "not_open": (
        "{project} could not be chosen in its round.",
        "{project} kunne ikke velges i sin runde.",
        "{project} kunne ikkje veljast i runden sin.",
    ),
    "cheaper_left": (
        "{project} was chosen where {other} asked less of its supporters.",
        "{project} ble valgt der {other} krevde mindre av støttespillerne sine.",
        "{project} vart valt der {other} kravde mindre av støttespelarane sine.",
    ),
    "could_be_paid": (
        "The supporters of {project} have {money}, it costs {cost}, and it did not win.",
        "Støttespillerne til {project} har {money}, det koster {cost}, og det vant ikke.",
        "Støttespelarane til {project} har {money}, det kostar {cost}, og det vann ikkje.",
    ),
    "tie_order": (
        "{project} was level with {other}, which comes first in the order of ties.",
        "{project} sto likt med {other}, som kommer først i rekkefølgen ved likhet.",
        "{project} stod likt med {other}, som kjem først i rekkjefølgja ved likskap.",
    ),
    "tie_untold": (
        "Whether {project} was level with {other} is not told as it is.",
        "Om {project} sto likt med {other}, er ikke fortalt som det er.",
        "Om {project} stod likt med {other}, er ikkje fortalt som det er.",
    ),
    "earlier_left": (
        "{project} was chosen before another whose supporters had its price earlier.",
        "{project} ble valgt før et annet som støttespillerne kunne betale tidligere.",
        "{project} vart valt før eit anna som støttespelarane kunne betale tidlegare.",
    ),
    "ended_early": (
        "The count ended where {project} should have been chosen.",
        "Opptellingen sluttet der {project} skulle ha blitt valgt.",
        "Oppteljinga slutta der {project} skulle ha blitt valt.",
    ),
    "better_left": (
        "{project} was chosen where {other} had more support.",
        "{project} ble valgt der {other} hadde mer støtte.",
        "{project} vart valt der {other} hadde meir støtte.",
    ),
    "could_be_raised": (
        "Raised once more, the shares would still have kept to the budget.",
        "Hevet en gang til ville andelene fortsatt ha holdt seg innenfor budsjettet.",
        "Heva ein gong til ville delane framleis ha halde seg innanfor budsjettet.",
    ),
    "stop_differs": (
        "Why the shares were not raised further is not told as it is.",
        "Hvorfor andelene ikke ble hevet mer, er ikke fortalt som det er.",
        "Kvifor delane ikkje vart heva meir, er ikkje fortalt som det er.",
    ),
    "majority_differs": (
        "What the majority preferred is not told as it is, or was not chosen.",
        "Det flertallet foretrakk, er ikke fortalt som det er, eller ble ikke valgt.",
        "Det fleirtalet føretrekte, er ikkje fortalt som det er, eller vart ikkje valt.",
    ),
    "no_money": (
        "Voters do not pay under this rule.",
        "Velgerne betaler ikke etter denne regelen.",
        "Veljarane betaler ikkje etter denne regelen.",
    ),
    "not_all_paid": (
        "Voters did not pay, or not all, for some of what won ({number}, first {project}).",
        "Velgerne betalte ikke, eller ikke alt, for noe av det som vant ({number}, først {project}).",
        "Veljarane betalte ikkje, eller ikkje alt, for noko av det som vann ({number}, først {project}).",
    ),
    "left_over": (
        "The supporters of {project} have {left} left, more than its price of {cost}.",
        "Støttespillerne til {project} har {left} igjen, mer enn prisen på {cost}.",
        "Støttespelarane til {project} har {left} att, meir enn prisen på {cost}.",
    ),
    "neglected": (
        "{voters} voters chose {project}, and {part} of the money are theirs; none of them got more than {got}.",
        "{voters} velgere valgte {project}, og {part} av pengene er deres; ingen av dem fikk mer enn {got}.",
        "{voters} veljarar valde {project}, og {part} av pengane er deira; ingen av dei fekk meir enn {got}.",
    ),
    "utilities_differ": (
        "It is decided for satisfaction by cost and by number only.",
        "Det avgjøres bare for nytte etter pris og etter antall.",
        "Det blir berre avgjort for nytte etter pris og etter tal.",
    ),
    "group_neglected": (
        "{voters} voters all chose {projects} and could pay for it, and got less.",
        "{voters} velgere valgte alle {projects} og kunne betale for det, og fikk mindre.",
        "{voters} veljarar valde alle {projects} og kunne betale for det, og fekk mindre.",
    ),
    "too_many_sets": (
        "There are too many sets of projects to look at all.",
        "Det er for mange sett av prosjekter til å se på alle.",
        "Det er for mange sett av prosjekt til å sjå på alle.",
    ),
    "group_better_off": (
        "{voters} voters would rather have {projects}, and their part of the money pays for it.",
        "{voters} velgere ville heller ha {projects}, og deres del av pengene betaler det.",
        "{voters} veljarar ville heller ha {projects}, og delen deira av pengane betaler det.",
    ),
}


def finding_sentence(finding: FindingTold, language: Language, *, money: Callable[[Fraction], str]) -> str:
    """Why something does not hold, or is not decided; empty where there is nothing to say. `money` writes an amount."""
    if not finding.why:
        return ""
    gaps = {
        key: money(Fraction(value)) if key in AMOUNTS else printable(value) for key, value in finding.values.items()
    }
    sentence = said(WORDS, finding.why, language, **gaps)
    district = gaps.get("district")
    return f"{district}: {sentence}" if district and "{district}" not in WORDS[finding.why][0] else sentence
