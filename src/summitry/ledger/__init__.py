"""Forecasts on record: an append-only chain of entries, resolved and scored."""
