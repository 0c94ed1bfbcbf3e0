"""The words of an appraisal outside the server, in English, bokmål and nynorsk. Every entry has all three."""

from __future__ import annotations

from samskap.formats.languages import Language, Words, said

__all__ = ["WORDS", "say"]

WORDS: Words = {
    "title": ("Appraisal: {name}", "Samfunnsøkonomisk analyse: {name}", "Samfunnsøkonomisk analyse: {name}"),
    "nameless": ("no name", "uten navn", "utan namn"),
    "headline": (
        "Net present value: {net} kroner, against 0 for going on as today.",
        "Netto nåverdi: {net} kroner, mot 0 for å fortsette som i dag.",
        "Netto noverdi: {net} kroner, mot 0 for å halde fram som i dag.",
    ),
    "parts": (
        "Benefits {benefits}, costs {costs}, tax cost {tax_cost} of {public} in net public financing.",
        "Nytte {benefits}, kostnader {costs}, skattefinansieringskostnad {tax_cost} av {public} i netto offentlig "
        "finansiering.",
        "Nytte {benefits}, kostnader {costs}, skattefinansieringskostnad {tax_cost} av {public} i netto offentleg "
        "finansiering.",
    ),
    "residual": (
        "Of the net present value {residual} comes after the period, as residual value.",
        "Av netto nåverdi kommer {residual} etter perioden, som restverdi.",
        "Av netto noverdi kjem {residual} etter perioden, som restverdi.",
    ),
    "years": (
        "Prices of {price_year}, discounted to {year}; {horizon} years after it, rates counted from {anchor}.",
        "Priser for {price_year}, neddiskontert til {year}; {horizon} år etter det, renter regnet fra {anchor}.",
        "Prisar for {price_year}, neddiskontert til {year}; {horizon} år etter det, renter rekna frå {anchor}.",
    ),
    "edition": (
        "By {title} ({published}): {rates}; {tax} kroner lost for each krone of taxes.",
        "Etter {title} ({published}): {rates}; {tax} kroner tapt for hver krone i skatt.",
        "Etter {title} ({published}): {rates}; {tax} kroner tapt for kvar krone i skatt.",
    ),
    "rate": ("{rate} %", "{rate} %", "{rate} %"),
    "rate_after": ("{rate} % after {after} years", "{rate} % etter {after} år", "{rate} % etter {after} år"),
    "unverified": (
        "Not all values of this edition were checked at the source.",
        "Ikke alle verdier i denne utgaven er kontrollert mot kilden.",
        "Ikkje alle verdiar i denne utgåva er kontrollerte mot kjelda.",
    ),
    "proposal": (
        "This edition is a proposal that nobody has adopted.",
        "Denne utgaven er et forslag som ikke er vedtatt.",
        "Denne utgåva er eit framlegg som ikkje er vedteke.",
    ),
    "index": (
        "Prices of other years are converted by {source}.",
        "Priser for andre år er regnet om med {source}.",
        "Prisar for andre år er rekna om med {source}.",
    ),
    "price_source": (
        "The price of “{name}” is known from: {source}.",
        "Prisen på «{name}» er kjent fra: {source}.",
        "Prisen på «{name}» er kjend frå: {source}.",
    ),
    "per_krone": (
        "Net benefit per budget krone: {value}, over {denominator} ({budget}).",
        "Netto nytte per budsjettkrone: {value}, delt på {denominator} ({budget}).",
        "Netto nytte per budsjettkrone: {value}, delt på {denominator} ({budget}).",
    ),
    "per_krone_other": (
        "Over {denominator} ({budget}) it is {value}.",
        "Delt på {denominator} ({budget}) er den {value}.",
        "Delt på {denominator} ({budget}) er ho {value}.",
    ),
    "not_charged": (
        "Nothing is told per budget krone over {denominator}, because that is {budget}.",
        "Netto nytte per budsjettkrone finnes ikke delt på {denominator}, fordi den er {budget}.",
        "Netto nytte per budsjettkrone finst ikkje delt på {denominator}, fordi ho er {budget}.",
    ),
    "budget_without_tax_cost": (
        "net budget cost without tax cost",
        "netto budsjettkostnad uten skattefinansieringskostnad",
        "netto budsjettkostnad utan skattefinansieringskostnad",
    ),
    "outlays_without_tax_cost": (
        "outlays alone, without tax cost",
        "bare utgiftene, uten skattefinansieringskostnad",
        "berre utgiftene, utan skattefinansieringskostnad",
    ),
    "budget_with_tax_cost": (
        "net budget cost with tax cost, an older practice",
        "netto budsjettkostnad med skattefinansieringskostnad, en eldre praksis",
        "netto budsjettkostnad med skattefinansieringskostnad, ein eldre praksis",
    ),
    "sure_only": (
        "If only the sure benefits come, it is {net}.",
        "Hvis bare de sikre gevinstene kommer, er den {net}.",
        "Dersom berre dei sikre gevinstane kjem, er ho {net}.",
    ),
    "cut": (
        "Left out, because they come after the last year: {names}.",
        "Utelatt, fordi de kommer etter siste år: {names}.",
        "Utelate, fordi dei kjem etter siste år: {names}.",
    ),
    "freed_time_out": (
        "Freed time is not counted in the net present value.",
        "Frigjort tid er ikke regnet med i netto nåverdi.",
        "Frigjord tid er ikkje rekna med i netto noverdi.",
    ),
    "kinds": ("Kinds, present value", "Typer, nåverdi", "Typar, noverdi"),
    "kinds_note": (
        "Kinds are never added to each other.",
        "Typene legges aldri sammen.",
        "Typane blir aldri lagde saman.",
    ),
    "kind": ("Kind", "Type", "Type"),
    "sure": ("Sure", "Sikkert", "Sikkert"),
    "hoped": ("Hoped", "Håpet", "Håpa"),
    "lost": ("Lost", "Tapt", "Tapt"),
    "kind_cost": ("Costs", "Kostnader", "Kostnader"),
    "kind_saved_money": ("Saved money", "Innsparte penger", "Innsparte pengar"),
    "kind_freed_time": ("Freed time", "Frigjort tid", "Frigjord tid"),
    "kind_avoided_cost": ("Avoided cost", "Unngått kostnad", "Unngått kostnad"),
    "kind_quality": ("Quality", "Kvalitet", "Kvalitet"),
    "kind_value_for_others": ("Value for others", "Verdi for andre", "Verdi for andre"),
    "actors": (
        "Who pays and who gains, present value",
        "Hvem som betaler og hvem som får nytte, nåverdi",
        "Kven som betaler og kven som får nytte, noverdi",
    ),
    "actors_note": (
        "The tax cost, {tax_cost}, falls on all who pay taxes.",
        "Skattefinansieringskostnaden, {tax_cost}, gjelder alle som betaler skatt.",
        "Skattefinansieringskostnaden, {tax_cost}, gjeld alle som betaler skatt.",
    ),
    "who": ("Who", "Hvem", "Kven"),
    "gains": ("Gains", "Får", "Får"),
    "pays": ("Pays", "Betaler", "Betaler"),
    "in_kind": ("Of it in kind", "Derav uten penger", "Av det utan pengar"),
    "net": ("Net", "Netto", "Netto"),
    "beside_count": ("Without a price", "Uten pris", "Utan pris"),
    "sector_public": ("public", "offentlig", "offentleg"),
    "sector_private": ("private", "privat", "privat"),
    "sector_voluntary": ("voluntary", "frivillig", "frivillig"),
    "sector_people": ("residents", "innbyggere", "innbyggjarar"),
    "beside": (
        "Beside the money, on the scale from −4 to +4",
        "Ved siden av pengene, på skalaen fra −4 til +4",
        "Ved sida av pengane, på skalaen frå −4 til +4",
    ),
    "effect": ("Effect", "Virkning", "Verknad"),
    "scale": ("Scale", "Skala", "Skala"),
    "not_weighed": ("not weighed", "ikke vurdert", "ikkje vurdert"),
    "social": (
        "Social return: {ratio} kroner for each krone put in ({inputs}: {cash} in cash and {in_kind} in kind).",
        "Sosial avkastning (SROI): {ratio} kroner for hver krone lagt inn ({inputs}: {cash} i penger og {in_kind} uten "
        "penger).",
        "Sosial avkastning (SROI): {ratio} kroner for kvar krone lagd inn ({inputs}: {cash} i pengar og {in_kind} utan "
        "pengar).",
    ),
    "social_cash": (
        "In cash alone: {cash_back} saved less {cash} put in is {net_cash}.",
        "Bare i penger: {cash_back} spart minus {cash} lagt inn er {net_cash}.",
        "Berre i pengar: {cash_back} spart minus {cash} lagd inn er {net_cash}.",
    ),
    "social_timing": ("{name}: {ratio}.", "{name}: {ratio}.", "{name}: {ratio}."),
    "first_year_undiscounted": (
        "The first year not discounted",
        "Det første året ikke neddiskontert",
        "Det første året ikkje neddiskontert",
    ),
    "first_year_discounted": (
        "The first year discounted too",
        "Det første året også neddiskontert",
        "Det første året òg neddiskontert",
    ),
    "refused": (
        "There is no social return before this is known: {missing}.",
        "Sosial avkastning (SROI) kan ikke regnes ut før dette er kjent: {missing}.",
        "Sosial avkastning (SROI) kan ikkje reknast ut før dette er kjent: {missing}.",
    ),
    "refused_inputs": (
        "There is no social return, because nothing was put in.",
        "Det finnes ingen sosial avkastning (SROI), fordi ingenting er lagt inn.",
        "Det finst inga sosial avkastning (SROI), fordi ingenting er lagt inn.",
    ),
    "field_deadweight": ("deadweight", "dødvekt", "dødvekt"),
    "field_displacement": ("displacement", "fortrengning", "fortrenging"),
    "field_attribution": ("attribution to others", "andres andel", "andre sin del"),
    "field_drop_off": ("drop-off", "årlig bortfall", "årleg bortfall"),
    "field_source": ("source", "kilde", "kjelde"),
    "field_price": ("price", "pris", "pris"),
    "tornado": (
        "Net present value when one thing is {low} or {high} times as large",
        "Netto nåverdi når én ting er {low} eller {high} ganger så stor",
        "Netto noverdi når éin ting er {low} eller {high} gonger så stor",
    ),
    "what": ("What", "Hva", "Kva"),
    "lower": ("Lower", "Lavere", "Lågare"),
    "higher": ("Higher", "Høyere", "Høgare"),
    "driver_rates": ("The rates", "Rentene", "Rentene"),
    "driver_tax_cost": ("The tax cost", "Skattefinansieringskostnaden", "Skattefinansieringskostnaden"),
    "break_even": (
        "How much is enough for a net present value of 0",
        "Hvor mye som skal til for en netto nåverdi på 0",
        "Kor mykje som skal til for ein netto noverdi på 0",
    ),
    "times": ("Times as much", "Ganger så mye", "Gonger så mykje"),
    "unit_price": ("Or a price of", "Eller en pris på", "Eller ein pris på"),
    "why_no_money": ("no kroner", "ingen kroner", "ingen kroner"),
    "why_always_positive": ("always above 0", "alltid over 0", "alltid over 0"),
    "why_always_negative": ("always below 0", "alltid under 0", "alltid under 0"),
    "simulation": (
        "In {draws} draws (seed {seed}) the net present value has mean {mean} and standard deviation {sd}. It lies "
        "between {low} and {high} in 90 % of them, and above 0 in {positive}.",
        "I {draws} trekninger (frø {seed}) har netto nåverdi gjennomsnitt {mean} og standardavvik {sd}. Den ligger "
        "mellom {low} og {high} i 90 % av dem, og over 0 i {positive}.",
        "I {draws} trekkingar (frø {seed}) har netto noverdi gjennomsnitt {mean} og standardavvik {sd}. Ho ligg "
        "mellom {low} og {high} i 90 % av dei, og over 0 i {positive}.",
    ),
    "simulation_krone": (
        "Per budget krone: mean {mean}, between {low} and {high} in 90 % of the draws that charge the budget.",
        "Per budsjettkrone: gjennomsnitt {mean}, mellom {low} og {high} i 90 % av trekningene som belaster budsjettet.",
        "Per budsjettkrone: gjennomsnitt {mean}, mellom {low} og {high} i 90 % av trekkingane som belastar budsjettet.",
    ),
    "spreads": ("What was drawn", "Det som ble trukket", "Det som vart trekt"),
    "spread": ("Spread", "Spredning", "Spreiing"),
    "variance": ("Share of the variance", "Andel av variansen", "Del av variansen"),
    "spread_normal": (
        "normal, standard deviation {sd}",
        "normalfordelt, standardavvik {sd}",
        "normalfordelt, standardavvik {sd}",
    ),
    "spread_lognormal": (
        "lognormal, standard deviation {sd}",
        "lognormal, standardavvik {sd}",
        "lognormal, standardavvik {sd}",
    ),
    "spread_triangular": (
        "triangular, {low}, {mode}, {high}",
        "trekantfordelt, {low}, {mode}, {high}",
        "trekantfordelt, {low}, {mode}, {high}",
    ),
    "spread_uniform": (
        "uniform, {low} to {high}",
        "jevnt fordelt, {low} til {high}",
        "jamt fordelt, {low} til {high}",
    ),
    "spread_years": (
        "{spread}; each year {sd}",
        "{spread}; hvert år {sd}",
        "{spread}; kvart år {sd}",
    ),
    "correlations": (
        "Correlations that were used: {pairs}.",
        "Korrelasjoner som ble brukt: {pairs}.",
        "Korrelasjonar som vart brukte: {pairs}.",
    ),
    "same": (
        "The same answer as the one that is stored.",
        "Det samme svaret som det som er lagret.",
        "Det same svaret som det som er lagra.",
    ),
    "different": (
        "Another answer than the one that is stored. Values that differ: {number}. The first is {at}: stored {stored}, "
        "found {found}.",
        "Et annet svar enn det som er lagret. Antall ulike verdier: {number}. Den første er {at}: lagret {stored}, "
        "funnet {found}.",
        "Eit anna svar enn det som er lagra. Talet på ulike verdiar: {number}. Den første er {at}: lagra {stored}, "
        "funne {found}.",
    ),
    "changed": (
        "The file was changed after it was written.",
        "Filen er endret etter at den ble skrevet.",
        "Fila er endra etter at ho vart skriven.",
    ),
    "other_engine": (
        "The stored answer was made with version {other} of the engine, this one with {this}.",
        "Det lagrede svaret ble laget med versjon {other} av beregningen, dette med {this}.",
        "Det lagra svaret vart laga med versjon {other} av utrekninga, dette med {this}.",
    ),
    "other_edition": (
        "The stored answer was made by {stored}: net present value {before}. By {now} it is {after}.",
        "Det lagrede svaret ble laget etter {stored}: netto nåverdi {before}. Etter {now} er den {after}.",
        "Det lagra svaret vart laga etter {stored}: netto noverdi {before}. Etter {now} er ho {after}.",
    ),
    "input_hash": (
        "SHA-256 of effects, options and edition: {hash}",
        "SHA-256 av virkninger, valg og utgave: {hash}",
        "SHA-256 av verknader, val og utgåve: {hash}",
    ),
}


def say(key: str, language: Language, **gaps: object) -> str:
    """The sentence of this key with its gaps filled."""
    return said(WORDS, key, language, **gaps)
