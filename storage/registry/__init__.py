"""The services' ports over one database session."""
