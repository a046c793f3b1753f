"""Long proofs, run by `make soak`: each module here with a `main` is one and prints figures."""
