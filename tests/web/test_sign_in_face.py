"""The pages of allauth wear our face."""

import pytest
from lxml import html

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(client):
    return html.document_fromstring(client.get("/accounts/login/", headers={"accept-language": "en"}).content)


def test_sign_in_stands_in_our_page(page):
    assert page.xpath("string(//h1)").strip() == "Sign in"
    assert page.xpath("//header[@class='s-header']//a[@class='s-brand']/@href") == ["/"]
    assert len(page.xpath("//main//form//input[@class='ds-input']")) >= 1
    assert page.xpath("//main//button[not(contains(@class, 'ds-button'))]") == []


def test_sign_in_carries_no_code_or_style_of_its_own(page):
    code = [each for each in page.xpath("//script[not(@src)]") if each.get("type") != "application/json"]
    assert (code, page.xpath("//style"), page.xpath("//@style")) == ([], [], [])
