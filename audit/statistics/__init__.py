"""Figures with their uncertainty: resampled articles, and shares corrected for known confusion."""
