from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree

import segno

from samskap.formats.qr import qr_svg

ADDRESS = "https://samskap.example.org/g/BCD234/"


def test_the_code_is_one_drawing_that_scales_with_five_modules_of_quiet_around_it() -> None:
    root = ElementTree.fromstring(qr_svg(ADDRESS))
    modules = segno.make(ADDRESS, error="q", micro=False).symbol_size(border=5)[0]
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert (root.get("viewBox"), root.get("width")) == (f"0 0 {modules} {modules}", None)


def test_the_code_is_black_on_white_and_carries_no_style() -> None:
    drawing = qr_svg(ADDRESS)
    assert set(re.findall(r'(?:fill|stroke)="([^"]+)"', drawing)) == {"#fff", "#000"}
    assert "style=" not in drawing


def test_the_same_address_gives_the_same_drawing() -> None:
    assert qr_svg(ADDRESS) == qr_svg(ADDRESS) != qr_svg(ADDRESS + "x")
