"""The dossier: what an analyst wrote, read and checked, every mistake with its place."""
