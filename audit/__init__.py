"""Archives: read from files, scored in parts that a rerun need not repeat, deduplicated, reported, checked by hand."""
