"""What two parts of a dossier must agree on: one file a topic, each yields its problems."""
