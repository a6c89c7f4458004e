"""Measurements that anyone can run: speed and memory."""
