"""Summitry."""
