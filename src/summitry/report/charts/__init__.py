"""Pictures of answers, as Vega-Lite specifications: one file a picture."""
