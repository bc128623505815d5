"""Deals and roadmaps where packages are too many to list, at one point."""
