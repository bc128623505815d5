"""A slow, literal version of the model, as the oracle of the compiled kernels."""
