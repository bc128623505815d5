"""Packages of up to 200 commitments: found without listing all there are."""
