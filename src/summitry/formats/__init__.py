"""Readers and writers of other tools' files, tables of past cases, files of coded events."""
