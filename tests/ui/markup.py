"""HTML as a tree, parsed strictly."""

from __future__ import annotations

from xml.etree import ElementTree


class Tree:
    """A parsed piece of HTML; what is looked for and not there is an error."""

    def __init__(self, node: ElementTree.Element) -> None:
        self.tag = node.tag
        self.attributes = node.attrib
        self.text = "".join(node.itertext())
        self._node = node

    def all(self, path: str = ".//*") -> list[Tree]:
        return [Tree(node) for node in self._node.iterfind(path)]

    def one(self, path: str) -> Tree:
        return self.all(path)[0]


def parse_tree(markup: str) -> Tree:
    """Parse markup strictly: what is not well-formed is an error."""
    return Tree(ElementTree.fromstring(f"<root>{markup}</root>"))  # noqa: S314  We wrote it.
