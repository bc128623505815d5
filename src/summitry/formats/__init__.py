"""Other tools' files, read into dossiers."""
