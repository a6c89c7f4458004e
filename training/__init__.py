"""From data/ to a released model: load, fit, evaluate, compare, report."""
