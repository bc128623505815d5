"""Evidence: signals to type probabilities, reference classes, pooling, words of probability."""
