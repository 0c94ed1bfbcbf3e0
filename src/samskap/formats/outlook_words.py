"""The words of an outlook outside the server, in English, bokmål and nynorsk. Every entry has all three."""

from __future__ import annotations

from samskap.formats.languages import Language, Words, said

__all__ = ["WORDS", "say"]

WORDS: Words = {
    "title": ("Outlook: {name}", "Framskriving: {name}", "Framskriving: {name}"),
    "headline_more": (
        "In {year} {name} will have {then} people aged 80 or older, against {now} in {base}, and {ratio_then} people "
        "aged 16 to 66 for each of them, against {ratio_now}.",
        "I {year} har {name} {then} innbyggere på 80 år eller mer, mot {now} i {base}, og {ratio_then} innbyggere "
        "mellom 16 og 66 år for hver av dem, mot {ratio_now}.",
        "I {year} har {name} {then} innbyggjarar på 80 år eller meir, mot {now} i {base}, og {ratio_then} innbyggjarar "
        "mellom 16 og 66 år for kvar av dei, mot {ratio_now}.",
    ),
    "as_today": (
        "With today's services and rules",
        "Med dagens tjenester og regler",
        "Med tenestene og reglane i dag",
    ),
    "as_pulled": (
        "With these levers",
        "Med disse spakene",
        "Med desse spakane",
    ),
    "money_gone": (
        "{what} the room for manoeuvre is more likely gone than not from {year} on.",
        "{what} er handlingsrommet mest sannsynlig borte fra {year}.",
        "{what} er handlingsrommet mest sannsynleg borte frå {year}.",
    ),
    "money_kept": (
        "{what} there is more likely than not room for manoeuvre all the way to {year}.",
        "{what} er det mest sannsynlig handlingsrom hele veien til {year}.",
        "{what} er det mest sannsynleg handlingsrom heile vegen til {year}.",
    ),
    "illustrative": (
        "Illustrative: made-up figures, about no real place.",
        "Illustrasjon: oppdiktede tall, ikke om noe virkelig sted.",
        "Illustrasjon: oppdikta tal, ikkje om nokon verkeleg stad.",
    ),
    "band": (
        "In brackets: what four of five futures lie between.",
        "I parentes: det fire av fem mulige forløp ligger mellom.",
        "I parentes: det fire av fem moglege forløp ligg mellom.",
    ),
    "people": ("People by age", "Innbyggere etter alder", "Innbyggjarar etter alder"),
    "age": ("Age", "Alder", "Alder"),
    "all_ages": ("All", "Alle", "Alle"),
    "years_old": ("{group} years", "{group} år", "{group} år"),
    "support_ratio": (
        "People 16 to 66 for each person 80 or older",
        "Innbyggere 16–66 år for hver på 80 år eller mer",
        "Innbyggjarar 16–66 år for kvar på 80 år eller meir",
    ),
    "support_short": ("16 to 66 per person 80+", "16–66 år per 80+", "16–66 år per 80+"),
    "official": (
        "The projection of {edition} beside it",
        "Framskrivingen fra {edition} ved siden av",
        "Framskrivinga frå {edition} ved sida av",
    ),
    "official_note": (
        "In brackets: what four of five of its own past editions stayed within at the same distance; nothing "
        "where too few are known.",
        "I parentes: det fire av fem tidligere utgaver holdt seg innenfor på samme avstand; ingenting der "
        "for få er kjent.",
        "I parentes: det fire av fem tidlegare utgåver heldt seg innanfor på same avstand; ingenting der for "
        "få er kjende.",
    ),
    "need": ("Need by service", "Behov etter tjeneste", "Behov etter teneste"),
    "need_note": (
        "Children, pupils and recipients are persons; elsewhere need is counted in average inhabitants of the country.",
        "Barn, elever og mottakere er personer; ellers telles behovet i gjennomsnittsinnbyggere i landet.",
        "Barn, elevar og mottakarar er personar; elles blir behovet talt i gjennomsnittsinnbyggjarar i landet.",
    ),
    "service": ("Service", "Tjeneste", "Teneste"),
    "kindergarten": ("Kindergarten", "Barnehage", "Barnehage"),
    "school": ("School", "Skole", "Skule"),
    "child_welfare": ("Child welfare", "Barnevern", "Barnevern"),
    "health": ("Health", "Helse", "Helse"),
    "care": ("Care", "Omsorg", "Omsorg"),
    "social": ("Social services", "Sosialtjeneste", "Sosialteneste"),
    "administration": ("Administration", "Administrasjon", "Administrasjon"),
    "children": ("children", "barn", "barn"),
    "pupils": ("pupils", "elever", "elevar"),
    "recipients": ("recipients", "mottakere", "mottakarar"),
    "need_unit": ("need", "behov", "behov"),
    "posts": ("Posts (full-time)", "Årsverk", "Årsverk"),
    "all_posts": ("All posts", "Alle årsverk", "Alle årsverk"),
    "posts_share": (
        "Share of people 16 to 66, %",
        "Andel av innbyggerne 16–66 år, %",
        "Del av innbyggjarane 16–66 år, %",
    ),
    "money": (
        "Money, million kroner of {year}",
        "Økonomi, millioner kroner i {year}-priser",
        "Økonomi, millionar kroner i {year}-prisar",
    ),
    "line": ("Line", "Linje", "Linje"),
    "revenue": ("Revenue", "Inntekter", "Inntekter"),
    "cost": ("Cost of the services", "Utgifter til tjenestene", "Utgifter til tenestene"),
    "must": ("Must do: people and ages", "Må gjøres: antall og alder", "Må gjerast: tal og alder"),
    "chosen": ("Chosen", "Valgt", "Vald"),
    "net_result_share": (
        "Net operating result, % of revenue",
        "Netto driftsresultat, % av inntektene",
        "Netto driftsresultat, % av inntektene",
    ),
    "room": ("Room for manoeuvre", "Handlingsrom", "Handlingsrom"),
    "room_share": (
        "Room for manoeuvre, % of revenue",
        "Handlingsrom, % av inntektene",
        "Handlingsrom, % av inntektene",
    ),
    "room_posts": ("Room for manoeuvre, in posts", "Handlingsrom i årsverk", "Handlingsrom i årsverk"),
    "chance_negative": (
        "Chance that there is none, %",
        "Sannsynlighet for at det ikke er noe, %",
        "Sannsyn for at det ikkje er noko, %",
    ),
    "free_funds": ("Free funds", "Disposisjonsfond", "Disposisjonsfond"),
    "debt": ("Debt", "Gjeld", "Gjeld"),
    "room_note": (
        "Room for manoeuvre is the net operating result less 1.75 % of revenue, at today's services and coverage.",
        "Handlingsrommet er netto driftsresultat minus 1,75 % av inntektene, med dagens tjenester og dekning.",
        "Handlingsrommet er netto driftsresultat minus 1,75 % av inntektene, med tenestene og dekninga i dag.",
    ),
    "gaps": (
        "To reach the debt target takes {target} % of revenue a year from now on ({target_low} to {target_high}); to "
        "hold out for ever {ever} % ({ever_low} to {ever_high}).",
        "Å nå gjeldsmålet krever {target} % av inntektene hvert år fra nå ({target_low} til {target_high}); å holde ut "
        "for alltid {ever} % ({ever_low} til {ever_high}).",
        "Å nå gjeldsmålet krev {target} % av inntektene kvart år frå no ({target_low} til {target_high}); å halde ut "
        "for alltid {ever} % ({ever_low} til {ever_high}).",
    ),
    "closing": (
        "What the levers change",
        "Hva spakene endrer",
        "Kva spakane endrar",
    ),
    "closing_note": (
        "Against the same futures without the levers. Freed posts are time, not money in the budget.",
        "Mot de samme forløpene uten spakene. Frigjorte årsverk er tid, ikke penger i budsjettet.",
        "Mot dei same forløpa utan spakane. Frigjorde årsverk er tid, ikkje pengar i budsjettet.",
    ),
    "changed_cost": (
        "Cost of the services, million kroner",
        "Utgifter til tjenestene, millioner kroner",
        "Utgifter til tenestene, millionar kroner",
    ),
    "changed_room": (
        "Room for manoeuvre, million kroner",
        "Handlingsrom, millioner kroner",
        "Handlingsrom, millionar kroner",
    ),
    "closing_posts": ("Freed posts", "Frigjorte årsverk", "Frigjorde årsverk"),
    "closing_share": ("Share of the gap, %", "Andel av gapet, %", "Del av gapet, %"),
    "levers": (
        "Levers pulled: {levers}.",
        "Spaker: {levers}.",
        "Spakar: {levers}.",
    ),
    "no_money": (
        "The accounts are not known, so nothing is said about money.",
        "Regnskapet er ikke kjent, så ingenting sies om økonomien.",
        "Rekneskapen er ikkje kjend, så ingenting blir sagt om økonomien.",
    ),
    "constrained": (
        "The middle path follows the official projection {name}; without that it would be {total} people in {year}.",
        "Midtbanen følger den offisielle framskrivingen {name}; uten den ville det vært {total} innbyggere i {year}.",
        "Midtbanen følgjer den offisielle framskrivinga {name}; utan ho ville det vore {total} innbyggjarar i {year}.",
    ),
    "explained": (
        "What makes the spread of the total in {year}: {layers}.",
        "Dette gjør at folketallet i {year} er usikkert: {layers}.",
        "Dette gjer at folketalet i {year} er usikkert: {layers}.",
    ),
    "layer_nation": ("the country", "landet", "landet"),
    "layer_place": (
        "the municipality",
        "kommunen",
        "kommunen",
    ),
    "layer_area": (
        "the municipality",
        "kommunen",
        "kommunen",
    ),
    "layer_people": ("chance among few people", "tilfeldigheter blant få", "tilfelle blant få"),
    "estimated": (
        "{count} lines of the accounts are not known and are estimated at national cost: {lines}.",
        "{count} linjer i regnskapet er ikke kjent og er anslått etter nasjonale kostnader: {lines}.",
        "{count} linjer i rekneskapen er ikkje kjende og er rekna etter nasjonale kostnader: {lines}.",
    ),
    "unverified": (
        "{count} of {all} parameters could not be checked against their official source; the file names them.",
        "{count} av {all} parametre kunne ikke sjekkes mot den offisielle kilden; filen sier hvilke.",
        "{count} av {all} parametrar kunne ikkje sjekkast mot den offisielle kjelda; fila seier kva for nokre.",
    ),
    "sources": ("Sources: {sources}", "Kilder: {sources}", "Kjelder: {sources}"),
    "made": (
        "{draws} futures, engine {engine}, seed {seed}, hash of the input {hash}.",
        "{draws} forløp, motor {engine}, frø {seed}, hash av inndataene {hash}.",
        "{draws} forløp, motor {engine}, frø {seed}, hash av inndataa {hash}.",
    ),
    "old_chart": ("People 80 and older", "Innbyggere på 80 år og mer", "Innbyggjarar på 80 år og meir"),
    "to": ("to", "til", "til"),
    "persons": ("persons", "personer", "personar"),
    "middle": ("Middle", "Midten", "Midten"),
    "half": (
        "Every second future",
        "Annethvert forløp",
        "Annakvart forløp",
    ),
    "most": (
        "Four of five futures",
        "Fire av fem forløp",
        "Fire av fem forløp",
    ),
    "today": ("Now", "Nå", "No"),
    "fan_text": (
        "From {first} in {base} to {last} in {year}, between {low} and {high} in four of five futures.",
        "Fra {first} i {base} til {last} i {year}, mellom {low} og {high} i fire av fem mulige forløp.",
        "Frå {first} i {base} til {last} i {year}, mellom {low} og {high} i fire av fem moglege forløp.",
    ),
    "vintage": ("Projection of {edition}", "Framskriving fra {edition}", "Framskriving frå {edition}"),
    "parameters": ("Parameters", "Parametre", "Parametrar"),
    "parameter": ("Parameter", "Parameter", "Parameter"),
    "value": ("Value", "Verdi", "Verdi"),
    "edition": ("Edition", "Utgave", "Utgåve"),
    "source": ("Source", "Kilde", "Kjelde"),
    "checked": ("Checked", "Sjekket", "Sjekka"),
    "yes": ("yes", "ja", "ja"),
    "no": ("no", "nei", "nei"),
}


def say(key: str, language: Language, **gaps: object) -> str:
    """The sentence in this language with its gaps filled."""
    return said(WORDS, key, language, **gaps)
