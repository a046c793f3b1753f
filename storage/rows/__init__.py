"""The tables. Rows never leave storage."""
