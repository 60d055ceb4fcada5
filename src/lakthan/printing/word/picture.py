"""The chart as a picture for Word: bars and lines; its words are in the table and in the description of the picture."""

from io import BytesIO

from PIL import Image, ImageDraw

from lakthan.printing.blocks import Chart
from lakthan.printing.chart import drawing

SCALE = 4
"""Points of the picture for a unit of the drawing."""
COLOURS = {"met": "#1d6b52", "not-met": "#c9814f", "no-target": "#7a8781"}
DASH, GAP = 5, 3


def chart_picture(chart: Chart) -> bytes:
    """A PNG of the chart, the same bytes for the same chart."""
    shape = drawing(chart)
    image = Image.new("RGB", (shape.width * SCALE, (shape.base + 2) * SCALE), "white")
    draw = ImageDraw.Draw(image)
    for bar in shape.bars:
        if bar.height:
            corner = (bar.x * SCALE, bar.y * SCALE)
            draw.rectangle((*corner, (bar.x + bar.width) * SCALE, shape.base * SCALE), fill=COLOURS[bar.standing])
    draw.line((0, shape.base * SCALE, image.width, shape.base * SCALE), fill="#4a544f", width=SCALE)
    for target in shape.targets:
        for x in range(target.x1, target.x2, DASH + GAP):
            ends = (x * SCALE, target.y * SCALE, min(x + DASH, target.x2) * SCALE, target.y * SCALE)
            draw.line(ends, fill="#1b1f1d", width=SCALE)
    written = BytesIO()
    image.save(written, "PNG")
    return written.getvalue()
