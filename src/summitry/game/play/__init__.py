"""Talks level by level: the model's second form, sections 1 to 4.

Its results are held against games with known results; the questions are still answered by the
first form, in the folder above, until they are moved over.
"""
