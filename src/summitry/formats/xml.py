"""A small XML file as nodes with their lines; document types, and so entities, are refused."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from summitry.formats.reading import Reading

DEEPEST = 20


@dataclass
class Node:
    """An element: its tag, the line it begins on, its own text, and what it holds."""

    tag: str
    line: int
    text: str = ""
    children: list[Node] = field(default_factory=list)

    def first(self, tag: str) -> Node | None:
        """The first child of that tag."""
        return next((child for child in self.children if child.tag == tag), None)

    def inside(self, part: str, tag: str) -> Iterator[Node]:
        """The children of a tag inside a part."""
        found = self.first(part)
        return (child for child in (found.children if found else ()) if child.tag == tag)

    def text_of(self, tag: str) -> str:
        """The text of the first child of that tag, empty where there is none."""
        found = self.first(tag)
        return found.text if found else ""


class _Refused(Exception):
    """What the file may not hold."""


def read_xml(data: bytes, reading: Reading) -> Node:
    """The root. Raises DossierError where the file is no XML, has a document type or is too deep."""
    parser = expat.ParserCreate()
    top = Node("", 0)
    open_nodes = [top]

    def start(tag: str, _: object) -> None:
        if len(open_nodes) > DEEPEST:
            raise _Refused(f"elements are nested more than {DEEPEST} deep")
        node = Node(tag, parser.CurrentLineNumber)
        open_nodes[-1].children.append(node)
        open_nodes.append(node)

    def end(_: str) -> None:
        node = open_nodes.pop()
        node.text = " ".join(node.text.split())

    def text(part: str) -> None:
        open_nodes[-1].text += part

    def refuse(*_: object) -> None:
        raise _Refused("a document type (<!DOCTYPE) is refused; take it out")

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = refuse
    parser.buffer_text = True
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        reading.refuse(error.lineno, f"not valid XML: {expat.ErrorString(error.code)}")
    except (_Refused, LookupError, ValueError) as error:
        reading.refuse(parser.CurrentLineNumber, str(error))
    return top.children[0]
