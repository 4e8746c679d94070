"""The collection at a glance: a plot of articles by publisher and month, folded away until it is wanted."""

from collections import Counter
from collections.abc import Mapping, Sequence

from markupsafe import Markup

from assistant.page.dating import count_text
from assistant.page.markup import element, isolated, join
from vectorstore.figures import Figures

UNKNOWN = "Unknown publisher"
PUBLISHERS_SHOWN = 6
"""The publishers with the most articles have a colour each; the others share one."""
OTHERS = "Other publishers"
MONTHS_SHOWN = 36
BAR, GAP, HEIGHT, MARGIN = 16, 4, 160, 24
"""Pixels of the drawing: a month's bar, the room after it, the highest bar, and the room below for years."""

Table = Mapping[str, Counter[str]]


def figures_view(figures: Figures) -> Markup:
    """The folded panel; nothing where no article states a date."""
    table = _by_publisher(figures)
    months = _months(table)
    if not months:
        return Markup("")
    plot = element("figure", _plot(table, months), element("figcaption", _legend(table)), class_="fn-plot")
    copies = f"{figures.copies:,} {'copy' if figures.copies == 1 else 'copies'}"
    reports = count_text(figures.reports, "independent report")
    told = [f"{count_text(figures.articles, 'article')}, {reports}, {copies}."]
    undated = sum(one.articles for one in figures.by_month if one.month is None)
    told += [f"{count_text(undated, 'article')} without a date."] if undated else []
    return element(
        "details",
        element("summary", "Articles by publisher and month"),
        element("p", " ".join(told)),
        plot,
        _as_table(table, months),
        class_="fn-figures",
    )


def _by_publisher(figures: Figures) -> Table:
    counts: dict[str, Counter[str]] = {}
    for one in figures.by_month:
        if one.month is not None:
            counts.setdefault(one.publisher or UNKNOWN, Counter())[one.month] += one.articles
    ranked = sorted(counts.items(), key=lambda item: (-sum(item[1].values()), item[0]))
    shown = dict(ranked[:PUBLISHERS_SHOWN])
    rest = sum((counter for _, counter in ranked[PUBLISHERS_SHOWN:]), Counter[str]())
    return {**shown, OTHERS: rest} if rest else shown


def _months(table: Table) -> list[str]:
    """Every month from the first to the last, the last `MONTHS_SHOWN` of them."""
    held = sorted({month for counter in table.values() for month in counter})
    if not held:
        return []
    first, last = (int(month[:4]) * 12 + int(month[5:]) - 1 for month in (held[0], held[-1]))
    span = range(max(first, last - MONTHS_SHOWN + 1), last + 1)
    return [f"{number // 12:04}-{number % 12 + 1:02}" for number in span]


def _plot(table: Table, months: Sequence[str]) -> Markup:
    most = max(sum(counter[month] for counter in table.values()) for month in months)
    width = len(months) * (BAR + GAP)
    bars = [_bar(table, month, number * (BAR + GAP), most) for number, month in enumerate(months)]
    years = [
        element("text", month[:4], x=number * (BAR + GAP), y=HEIGHT + MARGIN - 6)
        for number, month in enumerate(months)
        if number == 0 or month.endswith("-01")
    ]
    label = f"Bars of articles from {months[0]} to {months[-1]}; the most in a month are {most}."
    return element(
        "svg",
        join([*bars, *years]),
        viewBox=f"0 0 {width} {HEIGHT + MARGIN}",
        width=width,
        height=HEIGHT + MARGIN,
        role="img",
        aria_label=label,
    )


def _bar(table: Table, month: str, x: int, most: int) -> Markup:
    parts, top = [], float(HEIGHT)
    for number, (publisher, counter) in enumerate(table.items()):
        height = HEIGHT * counter[month] / most
        if height:
            top -= height
            title = element("title", f"{month}, {publisher}: {counter[month]}")
            parts.append(_rectangle(title, number, x, top, height))
    return element("g", join(parts))


def _rectangle(title: Markup, number: int, x: int, top: float, height: float) -> Markup:
    return element(
        "rect",
        title,
        class_=f"fn-series-{number}",
        x=x,
        y=f"{top:.1f}",
        width=BAR,
        height=f"{height:.1f}",
    )


def _legend(table: Table) -> Markup:
    entries = [element("li", _key(number), isolated(name)) for number, name in enumerate(table)]
    return element("ul", join(entries), class_="fn-legend")


def _key(number: int) -> Markup:
    return element("span", class_=f"fn-key fn-series-{number}", aria_hidden="true")


def _as_table(table: Table, months: Sequence[str]) -> Markup:
    """The same figures for those who cannot see the bars."""
    head = element("tr", element("th", "Month", scope="col"), *_heads(table))
    rows = [
        element(
            "tr",
            element("th", month, scope="row"),
            join(element("td", str(counter[month])) for counter in table.values()),
        )
        for month in months
    ]
    caption = element("caption", "Articles by month and publisher")
    return element("table", caption, element("thead", head), element("tbody", join(rows)), class_="fn-unseen")


def _heads(table: Table) -> list[Markup]:
    return [element("th", isolated(name), scope="col") for name in table]
