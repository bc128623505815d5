"""Questions asked of a dossier, one file each; every answer is a frozen dataclass."""
