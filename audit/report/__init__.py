"""The report of a run: figures, then one page of HTML and tables in CSV."""
