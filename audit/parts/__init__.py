"""Parts: an archive cut into bounded pieces, each scored by a worker and written as files that a rerun need not repeat.

All that decides what stands in the files is in here, in `audit.tables` and in `model`.
"""
