"""The judge of pages is judged: it finds what is wrong, and lets pass what is right."""

import pytest

from tests.judge import problems_of

GOOD = """<!doctype html>
<html lang="vi"><head><meta charset="utf-8"><title>Danh sách – Chi trả</title>
<script src="/static/x.js" defer></script></head>
<body><main><h1>Danh sách</h1>
<form method="post" action="/x"><input type="hidden" name="csrf_token" value="1">
<label for="a">Tên</label><input id="a" name="a"><button>Lưu</button></form>
<div hx-target="#r" hx-disabled-elt="find button"><button hx-get="/y">Xem</button></div>
<div id="r" hx-get="/r" hx-trigger="load" hx-target="this"></div>
</main></body></html>"""


def test_a_good_page_has_no_problem() -> None:
    assert problems_of(GOOD) == []


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ('lang="vi"', "", "vi or en"),
        ("<title>Danh sách – Chi trả</title>", "", "no <title>"),
        ("<title>Danh sách – Chi trả", "<title> – Chi trả", "nothing of its own"),
        ("<h1>Danh sách</h1>", "", "0 <h1>"),
        ("</main>", "<p id=a></p></main>", "stands twice"),
        ("<button>Lưu", '<button onclick="x()">Lưu', "no inline"),
        ("<button>Lưu", '<button style="color:red">Lưu', "no inline"),
        ("<button>Lưu", '<button hx-on:click="x()">Lưu', "no inline"),
        ("<button>Lưu", "<button>", "has no words"),
        ("</main>", "<script>x()</script></main>", "<script> inside"),
        ("</main>", "<style>p{}</style></main>", "<style> inside"),
        ("</main>", '<a href="javascript:x()">x</a></main>', "holds a script"),
        ('<label for="a">Tên</label>', "", "has no label"),
        ('for="a"', 'for="b"', "points nowhere"),
        ('name="csrf_token"', 'name="other"', "without a csrf_token"),
        (' hx-disabled-elt="find button"', "", "no hx-disabled-elt"),
        ('<div hx-target="#r" ', "<div ", "no hx-target"),
        ("</main>", '<img src="/x.png"></main>', "no alt"),
        ("</main>", "</section></main>", "not HTML"),
        ("</main>", "<p>a < b &nosuch; </p></div></main>", "not HTML"),
    ],
)
def test_a_broken_rule_is_found(right: str, wrong: str, said: str) -> None:
    assert right in GOOD
    problems = problems_of(GOOD.replace(right, wrong))
    assert any(said in problem for problem in problems), problems


def test_a_fragment_is_judged_as_a_fragment() -> None:
    assert problems_of('<section id="rows"><p>Chưa có danh sách nào</p></section>') == []
    assert problems_of('<tr id="r1"><td>1</td></tr>') == []
    assert problems_of('<p id="x"></p><p id="x"></p>') != []
