"""Two runs, or two periods of one, side by side."""
