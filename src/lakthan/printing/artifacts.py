"""Running heads and feet kept out of the reading order.

WeasyPrint tags the text of page margins like the text of the report but leaves it out of the structure tree. Screen
readers should pass over it on every page, and checkers should find no text that belongs nowhere: it becomes artifacts.
"""

import re
from collections.abc import Iterator

import pikepdf

SPAN_START = re.compile(rb"/\w+\s*<<\s*/MCID (\d+)\s*>>\s*BDC")
ARTIFACT_START = b"/Artifact <</Type /Pagination>> BDC"


def mark_running_lines_as_artifacts(pdf: pikepdf.Pdf) -> int:
    """Turn marked text that no element of the structure tree holds into artifacts; how many pieces there were."""
    tree = pdf.Root.StructTreeRoot
    document = tree.K[0]
    held = {child.objgen for child in document.K}
    marked = 0
    for page, elements in _elements_by_page(pdf):
        loose = [mcid for mcid in range(len(elements)) if _top(elements[mcid], document).objgen not in held]
        _mark(page, frozenset(loose))
        for mcid in loose:
            elements[mcid] = None
        marked += len(loose)
    return marked


def _elements_by_page(pdf: pikepdf.Pdf) -> Iterator[tuple[pikepdf.Page, pikepdf.Object]]:
    """Each page with the structure elements of its marked content, in order of their numbers (MCID)."""
    numbers = pdf.Root.StructTreeRoot.ParentTree.Nums
    elements = {int(numbers[index]): numbers[index + 1] for index in range(0, len(numbers), 2)}
    for page in pdf.pages:
        yield page, elements[int(page.obj.StructParents)]


def _top(element: pikepdf.Object, document: pikepdf.Object) -> pikepdf.Object:
    """The ancestor of an element directly below the document element."""
    while element.P.objgen != document.objgen:
        element = element.P
    return element


def _mark(page: pikepdf.Page, loose: frozenset[int]) -> None:
    def start(found: re.Match[bytes]) -> bytes:
        return ARTIFACT_START if int(found[1]) in loose else found[0]

    page.obj.Contents.write(SPAN_START.sub(start, page.obj.Contents.read_bytes()))
