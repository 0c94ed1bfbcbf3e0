"""Numbers of municipalities that are no longer in use, and what they became.

Facts of the changes of 1 January 2008 to 2024, as the national register of administrative units (Kartverket) and SSB
classification 131 give them: the merger of Sør- and Nord-Trøndelag in 2018, the reform of 2020 with the division of
Tysfjord and Snillfjord, the renumbering of 2024 and the division of Ålesund.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from samskap.kernel.errors import SamskapError
from samskap.kernel.municipalities import MUNICIPALITY_NAMES

__all__ = ["CHANGES", "Change", "checked_number", "current_numbers", "former_numbers"]

NUMBER: Final = re.compile(r"\d{4}")

# By the year from whose 1 January it holds: old numbers > new numbers. One that takes in others stands on both sides.
_CHANGED: Final[dict[int, str]] = {
    2008: ("1503+1556>1505"),
    2012: ("1723+1729>1756"),
    2013: ("1901+1915>1903"),
    2017: ("0706+0719+0720>0710"),
    2018: (
        "0702+0714>0715 0709+0728>0712 0722+0723>0729 1601>5001 1612>5011 1613>5012 1617>5013 1620>5014 1621>5015 "
        "1622>5016 1624+1718>5054 1627>5017 1630>5018 1632>5019 1633>5020 1634>5021 1635>5022 1636>5023 1638>5024 "
        "1640>5025 1644>5026 1648>5027 1653>5028 1657>5029 1662>5030 1663>5031 1664>5032 1665>5033 1702>5004 "
        "1703>5005 1711>5034 1714>5035 1717>5036 1719>5037 1721>5038 1724>5039 1725>5040 1736>5041 1738>5042 "
        "1739>5043 1740>5044 1742>5045 1743>5046 1744>5047 1748>5048 1749>5049 1750>5050 1751>5051 1755>5052 "
        "1756>5053"
    ),
    2019: ("1567>5061"),
    2020: (
        "0101>3001 0104+0136>3002 0105>3003 0106>3004 0111>3011 0118>3012 0119>3013 0121+0221>3026 "
        "0122+0123+0124+0125+0138>3014 0127>3015 0128>3016 0135>3017 0137>3018 0211>3019 0213+0217>3020 0214>3021 "
        "0215>3022 0216>3023 0219>3024 0220+0627+0628>3025 0226+0227+0231>3030 0228>3027 0229>3028 0230>3029 "
        "0233>3031 0234>3032 0235>3033 0236>3034 0237>3035 0238>3036 0239>3037 0402>3401 0403>3403 0412>3411 "
        "0415>3412 0417>3413 0418>3414 0419>3415 0420>3416 0423>3417 0425>3418 0426>3419 0427>3420 0428>3421 "
        "0429>3422 0430>3423 0432>3424 0434>3425 0436>3426 0437>3427 0438>3428 0439>3429 0441>3430 0501>3405 "
        "0502>3407 0511>3431 0512>3432 0513>3433 0514>3434 0515>3435 0516>3436 0517>3437 0519>3438 0520>3439 "
        "0521>3440 0522>3441 0528>3442 0529>3443 0532>3053 0533>3054 0534>3446 0536>3447 0538>3448 0540>3449 "
        "0541>3450 0542>3451 0543>3452 0544>3453 0545>3454 0602+0625+0711>3005 0604>3006 0605>3007 0612>3038 "
        "0615>3039 0616>3040 0617>3041 0618>3042 0619>3043 0620>3044 0621>3045 0622>3046 0623>3047 0624>3048 "
        "0626>3049 0631>3050 0632>3051 0633>3052 0701>3801 0704+0716>3803 0710>3804 0712>3805 0713+0715>3802 "
        "0729>3811 0805>3806 0806>3807 0807>3808 0811>3812 0814>3813 0815>3814 0817>3815 0819>3816 0821+0822>3817 "
        "0826>3818 0827>3819 0828>3820 0829>3821 0830>3822 0831>3823 0833>3824 0834>3825 0901>4201 0904>4202 "
        "0906>4203 0911>4211 0912>4212 0914>4213 0919>4214 0926>4215 0928>4216 0929>4217 0935>4218 0937>4219 "
        "0938>4220 0940>4221 0941>4222 1001+1017+1018>4204 1002+1021+1029>4205 1003>4206 1004>4207 1014>4223 "
        "1026>4224 1027+1032>4225 1034>4226 1037>4227 1046>4228 1102+1129>1108 1103+1141+1142>1103 1201>4601 "
        "1211>4611 1216>4612 1219>4613 1221>4614 1222>4615 1223>4616 1224>4617 1227+1228+1231>4618 1232>4619 "
        "1233>4620 1234+1235>4621 1238>4622 1241+1243>4624 1242>4623 1244>4625 1245+1246+1259>4626 1247>4627 "
        "1251>4628 1252>4629 1253>4630 1256+1260+1263>4631 1264>4632 1265>4633 1266>4634 1401+1439>4602 1411>4635 "
        "1412>4636 1413>4637 1416>4638 1417>4639 1418+1419+1420>4640 1421>4641 1422>4642 1424>4643 1426>4644 "
        "1428>4645 1429>4646 1430+1431+1432+1433>4647 1438>4648 1441+1443>4649 1444+1519>1577 1445>4650 1449>4651 "
        "1502+1543+1545>1506 1504+1523+1529+1534+1546>1507 1524+1526>1578 1548+1551>1579 1571+5011>5055 "
        "1805+1854>1806 1849>1875 1850>1806+1875 1852+1913>5412 1902>5401 1903>5402 1911>5411 1917>5413 1919>5414 "
        "1920>5415 1922>5416 1923>5417 1924>5418 1925>5419 1926>5420 1927+1928+1929+1931>5421 1933>5422 1936>5423 "
        "1938>5424 1939>5425 1940>5426 1941>5427 1942>5428 1943>5429 2002>5404 2003>5405 2004+2017>5406 2011>5430 "
        "2012>5403 2014>5432 2015>5433 2018>5434 2019>5435 2020>5436 2021>5437 2022>5438 2023>5439 2024>5440 "
        "2025>5441 2027>5442 2028>5443 2030>5444 5001+5030>5001 5004+5039>5006 5005+5040+5048>5007 "
        "5012>5055+5056+5059 5013>5056 5015+5017>5057 5016+5023+5024>5059 5018+5019>5058 5050+5051>5060"
    ),
    2024: (
        "1507>1508+1580 3001>3101 3002>3103 3003>3105 3004>3107 3005>3301 3006>3303 3007>3305 3011>3110 3012>3124 "
        "3013>3122 3014>3118 3015>3116 3016>3120 3017>3112 3018>3114 3019>3216 3020>3207 3021>3218 3022>3214 "
        "3023>3212 3024>3201 3025>3203 3026>3226 3027>3224 3028>3220 3029>3222 3030>3205 3031>3232 3032>3230 "
        "3033>3209 3034>3228 3035>3240 3036>3238 3037>3242 3038>3310 3039>3320 3040>3322 3041>3324 3042>3326 "
        "3043>3328 3044>3330 3045>3332 3046>3318 3047>3316 3048>3314 3049>3312 3050>3334 3051>3336 3052>3338 "
        "3053>3236 3054>3234 3801>3901 3802>3903 3803>3905 3804>3907 3805>3909 3806>4001 3807>4003 3808>4005 "
        "3811>3911 3812>4010 3813>4012 3814>4014 3815>4016 3816>4018 3817>4020 3818>4026 3819>4024 3820>4022 "
        "3821>4028 3822>4030 3823>4032 3824>4034 3825>4036 5401>5501 5402>5503 5403>5601 5404>5634 5405>5607 "
        "5406>5603 5411>5510 5412>5512 5413>5514 5414>5516 5415>5518 5416>5520 5417>5522 5418>5524 5419>5526 "
        "5420>5528 5421>5530 5422>5532 5423>5534 5424>5536 5425>5538 5426>5540 5427>5542 5428>5544 5429>5546 "
        "5430>5612 5432>5614 5433>5616 5434>5618 5435>5620 5436>5622 5437>5610 5438>5624 5439>5626 5440>5630 "
        "5441>5628 5442>5636 5443>5632 5444>5605"
    ),
}


@dataclass(frozen=True, slots=True)
class Change:
    """What a number became on 1 January of a year. `kind` is "renumbered", "merged" or "split"."""

    old: str
    year: int
    kind: str
    new: tuple[str, ...]


def _changes() -> tuple[Change, ...]:
    """Every change of a number, oldest first."""
    made = []
    for year, text in _CHANGED.items():
        steps = [
            (left.split("+"), tuple(right.split("+"))) for left, _, right in (s.partition(">") for s in text.split())
        ]
        sources = [new for olds, news in steps for _old in olds for new in news]
        for olds, news in steps:
            kind = "split" if len(news) > 1 else "renumbered" if sources.count(news[0]) == 1 else "merged"
            made += [Change(old, year, kind, news) for old in olds if old not in news]
    return tuple(made)


CHANGES: Final[tuple[Change, ...]] = _changes()
_AFTER: Final = {change.old: change for change in CHANGES}


@cache
def current_numbers(number: str) -> tuple[str, ...]:
    """The municipalities of today that a number became, in order: itself where it is in use, () where it is unknown."""
    if number in MUNICIPALITY_NAMES:
        return (number,)
    if number not in _AFTER:
        return ()
    return tuple(sorted({current for new in _AFTER[number].new for current in current_numbers(new)}))


@cache
def former_numbers(number: str, year: int) -> tuple[str, ...]:
    """The numbers on 1 January of a year whose people, all or in part, now belong to this municipality, in order.

    Known from 2007. Whether all of them belong here is what `current_numbers` of each says.
    """
    numbers = {number}
    for changed in sorted((when for when in _CHANGED if when > year), reverse=True):
        taken_in = [(change.old, new) for change in CHANGES if change.year == changed for new in change.new]
        made = {new for _old, new in taken_in if not _was_kept(new, changed)}
        numbers = (numbers - made) | {old for old, new in taken_in if new in numbers}
    return tuple(sorted(numbers))


def _was_kept(number: str, year: int) -> bool:
    """Whether a number stands on both sides of the changes of a year."""
    return any(
        number in step.split(">")[0].split("+") and number in step.split(">")[1] for step in _CHANGED[year].split()
    )


def checked_number(text: str) -> str:
    """The number of a municipality of today, from what somebody wrote.

    Raises SamskapError with a sentence: not a number, unknown, or old, and then what it is now.
    """
    number = text.strip()
    if not NUMBER.fullmatch(number):
        raise SamskapError(
            f"{text.strip()!r} is not the number of a municipality.",
            code="municipality_number_form",
            cure="Give four digits, as 4016 for Drangedal.",
        )
    current = current_numbers(number)
    if not current:
        raise SamskapError(
            f"No municipality has or had the number {number}.",
            code="municipality_number_unknown",
            cure="Look the number up in the list of places.",
        )
    if current != (number,):
        raise _old_number(number, current)
    return number


def _old_number(number: str, current: tuple[str, ...]) -> SamskapError:
    named = " and ".join(f"{now} {MUNICIPALITY_NAMES[now]}" for now in current)
    year = _AFTER[number].year
    if len(current) == 1:
        return SamskapError(
            f"The number {number} was in use until {year}. It is now {named}.",
            code="municipality_number_old",
            cure=f"Use {current[0]}.",
        )
    return SamskapError(
        f"The municipality with the number {number} was divided. It is now {named}.",
        code="municipality_number_split",
        cure="Choose one of them: figures from before cannot be divided.",
    )
