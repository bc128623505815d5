"""Telling results: pages and tables for the terminal."""
