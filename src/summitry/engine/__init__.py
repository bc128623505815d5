"""Running many analyses: plans, processes and clusters, and a journal that survives a kill."""
