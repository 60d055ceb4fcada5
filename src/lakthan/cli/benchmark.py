"""What `lakthan bench` tells of one measurement."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

from lakthan.cli.output import Json


@dataclass(frozen=True, slots=True)
class Benchmark:
    """Seconds of CPU for one piece of work, those of the floor it is held against, and the process's memory by then."""

    name: str
    seconds: list[float]
    floor: list[float]
    peak_mb: int
    unit: str = "cpu-seconds"

    def document(self) -> Json:
        """In the shape of the contract; times are text, to the millisecond."""
        middle, floor = median(self.seconds), median(self.floor)
        return {
            "name": self.name,
            "median": f"{middle:.3f}",
            "unit": self.unit,
            "floor": f"{floor:.3f}",
            "ratio": f"{middle / floor:.2f}",
            "spread": f"{max(self.seconds) - min(self.seconds):.3f}",
            "peak_mb": self.peak_mb,
        }


def rounds(work: Callable[[], object], count: int) -> list[float]:
    """The seconds of CPU that each of so many rounds of the work took."""
    taken = []
    for _ in range(count):
        start = time.process_time()
        work()
        taken.append(time.process_time() - start)
    return taken
