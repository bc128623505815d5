"""Compiled inner loops: arrays in, arrays out. A literal version of each lives in the tests."""
