"""What the clouds' failures have in common: which pass by themselves, and what of certificates."""

PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})  # statuses that may be gone in a moment
UNTRUSTED = (
    "shows a certificate that cannot be trusted for this address; correct the address, or see that"
)
