"""Runs: an archive scored in parts, on the cores of a machine or a cluster, up to tables whose counts add up."""
