"""Contracts for tests: one that says a little of everything, and random ones."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import strategies as st

from samskap.formats.indigo import Contract, Metric, Organisation, Party, Payment, Place, Plan, Result
from samskap.kernel.text import one_line

__all__ = ["BODIES", "WHOLE", "contracts"]

BODIES = (
    Organisation("laget", "Laget", "974760673", "voluntary"),
    Organisation("kommunen", "Kommunen", "", "public"),
    Organisation("fondet", "Fondet", "889640782", "private"),
    Organisation("instituttet", "Instituttet", "", "public"),
)
_SPRING, _AUTUMN = date(2026, 3, 31), date(2026, 9, 30)

WHOLE = Contract(
    key="drangedal-1",
    title="Flere i jobb",
    text="Vi følger opp unge.\n\nEtter tre år ser vi hva som ble av det.",
    starts_on=date(2026, 1, 1),
    ends_on=date(2028, 12, 31),
    parties=(
        Party("provider", "laget"),
        Party("payer", "kommunen"),
        Party("investor", "fondet", Decimal(500_000)),
        Party("evaluator", "instituttet"),
    ),
    metrics=(
        Metric("jobb", "I jobb etter et halvt år", "personer", Decimal(30), "Før og etter", "A-ordningen",
               Decimal("40000.50"), Decimal(1_000_000)),
        Metric("timer", "Færre timer hjemmehjelp", "timer", Decimal("1200.5"), "Telling", "Fagsystemet",
               Decimal(400), Decimal(400_000)),
    ),
    results=(
        Result("jobb", _SPRING, 12, Decimal(4), "instituttet", "Første telling"),
        Result("jobb", _AUTUMN, 25, Decimal(11), "instituttet"),
        Result("timer", _AUTUMN, 25, Decimal("300.25")),
    ),
    paid=(
        Payment("investment", date(2026, 1, 15), "fondet", "laget", Decimal(300_000), note="Første del"),
        Payment("outcome", date(2026, 4, 20), "kommunen", "laget", Decimal(160_002), "jobb"),
        Payment("return", date(2026, 5, 1), "laget", "fondet", Decimal("60000.25")),
    ),
    plans=(
        Plan("plan-1", date(2026, 1, 1), "", (), (
            Payment("outcome", date(2026, 12, 31), "kommunen", "laget", Decimal(400_000), "jobb"),
            Payment("outcome", date(2027, 12, 31), "kommunen", "laget", Decimal(400_000), "timer"),
        )),
        Plan("plan-2", date(2026, 6, 1), "Færre ble med enn vi trodde.", (
            Payment("outcome", date(2026, 4, 20), "kommunen", "laget", Decimal(160_002), "jobb"),
        ), (Payment("outcome", date(2026, 12, 31), "kommunen", "laget", Decimal(200_000), "jobb", "Etter telling"),)),
    ),
    place=Place("4016", "Drangedal"),
)  # fmt: skip

_words = st.text(st.characters(categories=("L", "N", "P", "S"), codec="utf-8"), min_size=1, max_size=30).map(
    lambda text: "".join(sign for sign in text if sign.isprintable()) or "x"
)
_amounts = st.decimals(Decimal("0.01"), Decimal(10**11), places=2)
_numbers = st.decimals(Decimal(0), Decimal(10**9), places=4)
_days = st.dates(date(2020, 1, 1), date(2039, 12, 31))
_roles = ("provider", "payer", "investor", "coordinator", "evaluator")


@st.composite
def contracts(draw: st.DrawFn) -> tuple[Contract, tuple[Organisation, ...]]:
    """Any contract that the reader can know: its parties by role, its metrics with keys of their own."""
    said = _words.map(one_line).filter(bool)
    keys = draw(st.lists(said.filter(lambda key: "," not in key), min_size=2, max_size=4, unique=True))
    bodies = tuple(
        Organisation(key, draw(said), draw(st.sampled_from(["", "974760673"])),
                     draw(st.sampled_from(["", "public", "private", "voluntary"])))
        for key in keys
    )  # fmt: skip
    payer, provider = keys[:2]
    starts_on = draw(_days)
    metrics = tuple(
        Metric(key, draw(said), draw(said), draw(_numbers), draw(said), draw(said), draw(_amounts), draw(_amounts))
        for key in draw(st.lists(said, min_size=1, max_size=3, unique=True))
    )
    notes = st.one_of(st.just(""), said)

    def outcome() -> Payment:
        key = draw(st.sampled_from(metrics)).key
        return Payment("outcome", draw(_days), payer, provider, draw(_amounts), key, draw(notes))

    few = st.integers(0, 3)
    results = tuple(
        Result(draw(st.sampled_from(metrics)).key, draw(_days), draw(st.integers(0, 9999)), draw(_numbers),
               draw(st.sampled_from(["", provider])), draw(notes))
        for _ in range(draw(few))
    )  # fmt: skip
    parties = [Party("provider", provider), Party("payer", payer)]
    investor = draw(st.booleans())
    if investor:
        parties.append(Party("investor", keys[-1], draw(st.one_of(st.none(), _amounts))))
    parties.append(Party("coordinator", payer))
    if any(one.validator for one in results):
        parties.append(Party("evaluator", provider))
    paid = [outcome() for _ in range(draw(few))]
    if investor and keys[-1] != payer:
        paid.insert(0, Payment("investment", draw(_days), keys[-1], payer, draw(_amounts), note=draw(notes)))
        paid.append(Payment("return", draw(_days), payer, keys[-1], draw(_amounts)))
    plans = tuple(
        Plan(f"plan-{version}", draw(_days), draw(notes), tuple(outcome() for _ in range(draw(few))),
             tuple(outcome() for _ in range(draw(few))))
        for version in range(1, draw(few) + 1)
    )  # fmt: skip
    contract = Contract(
        key=draw(said), title=draw(said), text=draw(st.one_of(st.just(""), said)), starts_on=starts_on,
        ends_on=starts_on + timedelta(days=draw(st.integers(1, 4000))), parties=tuple(parties), metrics=metrics,
        results=results, paid=tuple(paid), plans=plans,
        place=draw(st.one_of(st.none(), st.builds(Place, st.just("4016"), said))),
    )  # fmt: skip
    named = {one.organisation for one in parties}
    return contract, tuple(one for one in bodies if one.key in named)
