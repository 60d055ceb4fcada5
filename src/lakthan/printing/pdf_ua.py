"""The claim that a paper is accessible: PDF/UA-1 beside PDF/A-3a, which WeasyPrint can only write one of."""

from pathlib import Path

import pikepdf

DECLARATION = Path(__file__).parent / "templates" / "pdfua.xmp"
"""The claim, and the description of its schema that PDF/A asks for (ISO 19005-3, 6.6.2.3)."""

END_OF_METADATA = b"</rdf:RDF>"


def declare_pdf_ua(pdf: pikepdf.Pdf) -> None:
    """Add the identification of PDF/UA-1 to the metadata of an open PDF; ValueError where there are none."""
    metadata = pdf.Root.Metadata.read_bytes()
    before, end, after = metadata.rpartition(END_OF_METADATA)
    if not end:
        raise ValueError("the PDF has no metadata to declare PDF/UA in")
    pdf.Root.Metadata.write(before + DECLARATION.read_bytes() + end + after)
