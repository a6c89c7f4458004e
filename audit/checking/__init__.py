"""Checking a run by hand: a sample to label, and what the labels say of the model's figures."""
