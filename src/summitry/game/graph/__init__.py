"""The graph model for conflict resolution: states, moves, preferences, and what is stable."""
