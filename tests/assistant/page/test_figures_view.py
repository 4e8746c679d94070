"""The plot of articles by publisher and month: every article in a bar, nothing of an article as markup."""

import re

from assistant.page.figures_view import OTHERS, figures_view
from vectorstore.figures import Figures, MonthCount


def figures(*counts: tuple[str, str | None, int]) -> Figures:
    months = tuple(MonthCount(*count) for count in counts)
    total = sum(one.articles for one in months)
    return Figures(total, total - 1, 1, 2 * total, 0, months, {"catalogue": 1})


def heights(markup: str) -> list[float]:
    return [float(height) for height in re.findall(r'<rect[^>]* height="([\d.]+)"', markup)]


def test_each_publisher_and_month_has_a_bar_in_proportion() -> None:
    markup = figures_view(figures(("Wire", "2022-12", 4), ("Daily", "2022-12", 4), ("Wire", "2023-02", 2)))
    assert heights(markup) == [80.0, 80.0, 40.0]
    assert markup.count("<g>") == 3
    assert "2022-12, Wire: 4" in markup
    assert 'role="img"' in markup
    assert "<td>4</td><td>4</td>" in markup


def test_it_is_folded_and_tells_copies_and_undated_articles() -> None:
    markup = figures_view(figures(("Wire", "2022-12", 4), ("Wire", None, 1)))
    assert markup.startswith('<details class="fn-figures"><summary>')
    assert "5 articles, 4 independent reports, 1 copy." in markup
    assert "1 article without a date." in markup


def test_small_publishers_share_a_colour() -> None:
    markup = figures_view(figures(*((f"P{number}", "2023-01", 9 - number) for number in range(9))))
    assert OTHERS in markup
    assert "P8" not in markup
    assert round(sum(heights(markup))) == 160


def test_nothing_to_plot_is_nothing() -> None:
    assert figures_view(figures()) == ""
    assert figures_view(figures(("Wire", None, 3))) == ""


def test_a_publisher_cannot_become_markup() -> None:
    markup = figures_view(figures(("<script>alert(1)</script>", "2023-01", 1)))
    assert "<script" not in markup
    assert "&lt;script&gt;" in markup
