"""Forms come out as Designsystemet fields, with labels, help and errors tied to the input."""

import pytest
from lxml import html

from samskap.web.sample import SampleForm


@pytest.fixture
def clean():
    return html.fragment_fromstring(str(SampleForm()), create_parent="form")


@pytest.fixture
def broken():
    return html.fragment_fromstring(str(SampleForm({"email": "nobody"})), create_parent="form")


def test_every_input_has_a_label_and_the_class(clean):
    inputs = clean.xpath("//input | //select | //textarea")
    labelled = {label.get("for") for label in clean.xpath("//label")}
    assert [each.get("name") for each in inputs if each.get("id") not in labelled] == []
    assert [each.get("name") for each in inputs if "ds-input" not in each.get("class", "")] == []


def test_no_form_carries_inline_style(clean, broken):
    assert [form.xpath("//@style") for form in (clean, broken)] == [[], []]


def test_help_and_error_are_tied_to_the_field(broken):
    name = broken.xpath("//input[@name='name']")[0]
    assert name.get("aria-invalid") == "true"
    assert name.get("aria-describedby") == "id_name_helptext id_name_error"
    assert len(broken.xpath("//*[@id='id_name_helptext']")) == 1
    assert broken.xpath("//*[@id='id_name_error']/p/@class") == ["ds-validation-message"]


def test_choices_are_a_group_with_a_legend(clean):
    group = clean.xpath("//fieldset")[0]
    assert len(group.xpath("./legend")) == 1
    assert len(group.xpath(".//input[@type='radio']")) == 3


def test_several_mistakes_are_told_first_with_a_way_to_each(broken):
    targets = [link.lstrip("#") for link in broken.xpath("//div[@class='ds-error-summary']//a/@href")]
    assert len(targets) == 5
    assert [target for target in targets if not broken.xpath(f"//*[@id='{target}']")] == []


def test_a_form_without_mistakes_has_no_summary(clean):
    assert clean.xpath("//div[@class='ds-error-summary']") == []


def test_what_may_be_left_out_says_so(clean):
    marked = clean.xpath("//span[@class='s-required']/ancestor::label/@for")
    assert marked == ["id_email", "id_text"]
