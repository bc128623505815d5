"""Cases with known results, one file a family: how each is read and compared."""
