"""Readers of other people's files: tables of past cases, files of coded events."""
