"""The real servers the tests run on, one module each, all on loopback and all stopped at the end."""
