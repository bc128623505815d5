"""One sequence of bytes for one piece of data, and its fingerprint.

The form is that of RFC 8785 (JSON Canonicalization Scheme, 2020), the fingerprint SHA-256.
"""

from __future__ import annotations

import hashlib
from typing import Any

import rfc8785


def canonical(data: Any) -> bytes:
    """Plain data as canonical JSON. Raises ValueError for what JSON cannot hold."""
    return rfc8785.dumps(data)


def fingerprint(data: bytes) -> str:
    """The SHA-256 of bytes, as 64 hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()
