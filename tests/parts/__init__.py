"""The real servers the tests run on, one module each; all on loopback, all stopped at the end."""
