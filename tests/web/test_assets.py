"""Assets: small, packed, and kept by browsers until they change."""

from contextlib import closing
from pathlib import Path

import pytest
from django.templatetags.static import static

import samskap.web

BUILT = Path(samskap.web.__file__).parent / "static" / "samskap"
PARTICIPANT_PAGE_LIMIT_KB = 100


def test_the_address_of_an_asset_carries_its_fingerprint():
    assert static("samskap/samskap.css").startswith("/static/samskap/samskap.css?v=")


def test_an_asset_that_is_not_there_keeps_its_plain_address():
    assert static("samskap/nothing.css") == "/static/samskap/nothing.css"


@pytest.mark.django_db
@pytest.mark.parametrize(("accepted", "encoding"), [("br, gzip", "br"), ("gzip", "gzip"), ("identity", None)])
def test_assets_are_served_packed_and_for_a_year(client, accepted, encoding):
    with closing(client.get(static("samskap/samskap.css"), headers={"accept-encoding": accepted})) as answer:
        assert answer.status_code == 200
        assert answer.headers.get("Content-Encoding") == encoding
        assert "immutable" in answer.headers["Cache-Control"]


def test_what_every_page_loads_leaves_room_in_the_budget_of_a_phone():
    loaded = sum((BUILT / f"{name}.gz").stat().st_size for name in ("samskap.css", "samskap.js"))
    assert loaded <= 30_000, f"{loaded} bytes; the whole first visit may weigh {PARTICIPANT_PAGE_LIMIT_KB} kB"


def test_no_asset_asks_for_anything_from_elsewhere():
    texts = {path.name: path.read_text() for path in BUILT.iterdir() if path.suffix in {".css", ".js"}}
    assert [name for name, text in texts.items() if "url(http" in text or "@import" in text] == []
