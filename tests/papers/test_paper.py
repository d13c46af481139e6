"""What holds for every paper: nothing from outside, the same bytes again, our font and no other."""

import subprocess
import sys

import pytest
from jinja2 import DictLoader, UndefinedError

from provider import paper
from provider.paper import PRINTOUTS, NotOnPaper, sheet
from tests.papers import made, read_back

PAPERS = {
    "slip.html": lambda: {"slips": [made.slip()], "layout": "a6"},
    "receipt.html": lambda: {"receipt": made.receipt()},
    "roster.html": lambda: {"roster": made.roster(5)},
    "settlement.html": lambda: {"settlement": made.settlement(12)},
    "fee_claim.html": lambda: {"claim": made.fee_claim()},
    "unpaid_list.html": lambda: {"unpaid": made.unpaid(4)},
}


def test_every_template_is_tried_here():
    assert {path.name for path in PRINTOUTS.glob("*.html") if not path.name.startswith("_")} == set(PAPERS)


def test_the_readme_lists_every_paper():
    listed = (PRINTOUTS / "README.md").read_text()
    assert all(f"| `{name}` |" in listed for name in PAPERS)


@pytest.mark.parametrize("template", PAPERS)
def test_only_our_font_is_used_it_is_embedded_and_nothing_is_complained_about(template, caplog):
    found = read_back.fonts(sheet(template, **PAPERS[template]()))
    assert [record.getMessage() for record in caplog.records if record.name.startswith("weasyprint")] == []
    assert found
    assert all(name.startswith("Tinos") for name in found), found
    assert all(found.values())


@pytest.mark.parametrize("template", PAPERS)
def test_the_same_values_give_the_same_bytes(template):
    assert sheet(template, **PAPERS[template]()) == sheet(template, **PAPERS[template]())


def test_another_process_gives_the_same_bytes_too():
    program = (
        "import sys; from provider.paper import sheet; from tests.papers import made;"
        "sys.stdout.buffer.write(sheet('receipt.html', receipt=made.receipt()))"
    )
    elsewhere = subprocess.run(
        [sys.executable, "-c", program], check=True, capture_output=True, cwd=PRINTOUTS.parent, timeout=60
    )
    assert elsewhere.stdout == sheet("receipt.html", receipt=made.receipt())


def test_a_paper_says_its_title_and_its_language():
    pdf = read_back.PdfReader(read_back.BytesIO(sheet("fee_claim.html", claim=made.fee_claim())))
    assert pdf.metadata.title == "Giấy đề nghị thanh toán phí chi trả Tháng 09/2024"
    assert pdf.metadata.creation_date is None
    assert pdf.root_object["/Lang"] == "vi"


@pytest.mark.parametrize(
    "reaches",
    [
        '<img src="https://example.com/x.png">',
        '<img src="file:///etc/hostname">',
        '<img src="../requirements.txt">',
        '<img src="fonts/../../static/favicon.svg">',
        '<img src="data:image/svg+xml,<svg/>">',
        '<link rel="stylesheet" href="//example.com/paper.css">',
        '<p style="background: url(http://127.0.0.1:8000/)">x</p>',
        '<img src="slip.html">',
    ],
)
def test_a_template_that_reaches_outside_is_stopped(reaches, monkeypatch):
    monkeypatch.setattr(paper.environment(), "loader", DictLoader({"bad.html": f"<html><body>{reaches}</body></html>"}))
    with pytest.raises(NotOnPaper):
        sheet("bad.html")


def test_a_missing_value_is_a_bug_and_not_an_empty_place():
    with pytest.raises(UndefinedError):
        sheet("receipt.html")


def test_what_a_name_contains_is_text_and_nothing_else():
    name = '<img src="file:///etc/hostname">{{ 1 + 1 }} & "An"'
    text = read_back.texts(sheet("receipt.html", receipt=made.receipt(name=name)))[0]
    assert '{{ 1 + 1 }} & "An"' in text


def test_a_qr_has_its_quiet_zone_and_one_path():
    drawing = paper.qr_svg(made.slip().token)
    side = len(paper.qr_matrix(made.slip().token)) + 8
    assert f'viewBox="0 0 {side} {side}"' in drawing
    assert drawing.count("<path") == 1
    assert drawing.count("<rect") == 0
    assert len(paper.qr_matrix(made.slip().token, level="M")) == 25
