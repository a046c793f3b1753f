"""What people read: phrases, cards and the one catalogue of both languages."""
