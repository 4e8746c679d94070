"""Small charts as inline SVG: axes with labels, lines, dots. Colours come from the page, light or dark."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import ceil, floor, log10
from typing import Protocol

from markupsafe import Markup

WIDTH, HEIGHT = 440, 300
LEFT, RIGHT, TOP, BOTTOM = 54, 22, 14, 48
TICKS = 5


@dataclass(frozen=True, slots=True)
class Axis:
    """One axis.

    Attributes:
        low, high: the values at its two ends.
        show: how a value is written beside a tick.
    """

    label: str
    low: float
    high: float
    show: Callable[[float], str]

    def ticks(self) -> list[float]:
        """Round values between the ends, 1, 2 or 5 times a power of ten apart."""
        step = round_step((self.high - self.low) / TICKS)
        first, last = ceil(self.low / step - 1e-9), floor(self.high / step + 1e-9)
        return [place * step for place in range(first, last + 1)]


@dataclass(frozen=True, slots=True)
class Point:
    """A point of a chart; `low` and `high` are the ends of its interval, where it has one."""

    x: float
    y: float
    low: float | None = None
    high: float | None = None
    told: str = ""


class Mark(Protocol):
    """Something drawn on the axes."""

    def drawn(self, frame: "Frame") -> Iterator[Markup]:
        """Its elements."""
        ...


@dataclass(frozen=True, slots=True)
class Frame:
    """Where values lie on the drawing."""

    x: Axis
    y: Axis

    def across(self, value: float) -> float:
        """Pixels from the left edge."""
        share = (value - self.x.low) / (self.x.high - self.x.low)
        return round(LEFT + share * (WIDTH - LEFT - RIGHT), 1)

    def down(self, value: float) -> float:
        """Pixels from the upper edge."""
        share = (value - self.y.low) / (self.y.high - self.y.low)
        return round(HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM), 1)


@dataclass(frozen=True, slots=True)
class Line:
    """Points joined; a guide is drawn dashed and faint."""

    points: Sequence[tuple[float, float]]
    guide: bool = False

    def drawn(self, frame: Frame) -> Iterator[Markup]:
        """One polyline."""
        path = " ".join(f"{frame.across(x)},{frame.down(y)}" for x, y in self.points)
        kind = "guide" if self.guide else "line"
        yield Markup('<polyline class="{}" points="{}"/>').format(kind, path)


@dataclass(frozen=True, slots=True)
class Dots:
    """Points with their intervals; what each tells appears when it is pointed at."""

    points: Sequence[Point]

    def drawn(self, frame: Frame) -> Iterator[Markup]:
        """A dot for each point, over its interval."""
        for point in self.points:
            x, y = frame.across(point.x), frame.down(point.y)
            if point.low is not None and point.high is not None:
                yield _line("interval", x, frame.down(point.low), x, frame.down(point.high))
            yield Markup('<circle class="dot" cx="{}" cy="{}" r="4"><title>{}</title></circle>').format(
                x, y, point.told
            )


def chart(title: str, x: Axis, y: Axis, marks: Iterable[Mark]) -> Markup:
    """The chart as an `svg` element of fixed proportions that grows and shrinks with its place."""
    frame = Frame(x, y)
    drawn = [*_axes(frame), *(element for mark in marks for element in mark.drawn(frame))]
    return Markup('<svg class="plot" viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>').format(
        WIDTH, HEIGHT, title, Markup("").join(drawn)
    )


def round_step(least: float) -> float:
    """The smallest of 1, 2 or 5 times a power of ten that is at least `least`."""
    power = 10.0 ** floor(log10(least))
    return next(factor * power for factor in (1, 2, 5, 10) if factor * power >= least * (1 - 1e-9))


def _axes(frame: Frame) -> Iterator[Markup]:
    floor_at, left = HEIGHT - BOTTOM, LEFT
    for value in frame.y.ticks():
        yield _line("grid", left, frame.down(value), WIDTH - RIGHT, frame.down(value))
        yield _text(frame.y.show(value), left - 7, frame.down(value) + 4, "end")
    for value in frame.x.ticks():
        yield _line("tick", frame.across(value), floor_at, frame.across(value), floor_at + 5)
        yield _text(frame.x.show(value), frame.across(value), floor_at + 19, "middle")
    yield _line("axis", left, floor_at, WIDTH - RIGHT, floor_at)
    yield _text(frame.x.label, (left + WIDTH - RIGHT) / 2, HEIGHT - 8, "middle", "label")
    middle = (TOP + floor_at) / 2
    turned = Markup(
        '<text class="label" text-anchor="middle" transform="rotate(-90 14 {})" x="14" y="{}">{}</text>'
    )
    yield turned.format(middle, middle, frame.y.label)


def _line(kind: str, x1: float, y1: float, x2: float, y2: float) -> Markup:
    return Markup('<line class="{}" x1="{}" y1="{}" x2="{}" y2="{}"/>').format(kind, x1, y1, x2, y2)


def _text(words: str, x: float, y: float, anchor: str, kind: str = "number") -> Markup:
    return Markup('<text class="{}" x="{}" y="{}" text-anchor="{}">{}</text>').format(
        kind, x, y, anchor, words
    )
