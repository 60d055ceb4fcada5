"""Pure ground: fiscal years, Thai text, dates, money and the figure. Knows no clock, no I/O and no Django."""
