"""Negotiations told as positions on scales: bargaining models, their record, one forecast."""
