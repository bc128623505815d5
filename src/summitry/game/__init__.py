"""A dossier as a game: packages as bit masks, draws as arrays, kernels that play them."""
