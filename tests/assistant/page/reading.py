"""Reads HTML back: which elements and attributes it has, and which text."""

from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass
class Node:
    name: str
    attributes: dict[str, str | None] = field(default_factory=dict)
    parts: list["Node | str"] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(part if isinstance(part, str) else part.text for part in self.parts)

    def all(self, name: str | None = None, **attributes: str) -> list["Node"]:
        """The nodes below this one of a name and with attribute values; "_" stands for "-"."""
        wanted = {key.rstrip("_").replace("_", "-"): value for key, value in attributes.items()}
        found: list[Node] = []
        for part in self.parts:
            if isinstance(part, Node):
                fits = name in (None, part.name) and wanted.items() <= part.attributes.items()
                found += [part] * fits + part.all(name, **attributes)
        return found

    def one(self, name: str | None = None, **attributes: str) -> "Node":
        (node,) = self.all(name, **attributes)
        return node


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.path = [Node("")]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, dict(attrs))
        self.path[-1].parts.append(node)
        self.path.append(node)

    def handle_endtag(self, tag: str) -> None:
        assert self.path[-1].name == tag, f"</{tag}> closes <{self.path[-1].name}>"
        self.path.pop()

    def handle_data(self, data: str) -> None:
        self.path[-1].parts.append(data)

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data}")

    def handle_decl(self, decl: str) -> None:
        raise AssertionError(f"a declaration: {decl}")

    def handle_pi(self, data: str) -> None:
        raise AssertionError(f"an instruction: {data}")


def read(html: str) -> Node:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    assert len(reader.path) == 1, f"<{reader.path[-1].name}> is not closed"
    return reader.path[0]
