"""QR codes as drawings that scale without loss."""

from __future__ import annotations

import io

import segno

__all__ = ["qr_svg"]

_QUIET_ZONE = 5  # modules of white around the code; the standard asks for four


def qr_svg(address: str, *, level: str = "q", quiet_zone: int = _QUIET_ZONE) -> str:
    """An SVG document of the QR code of an address: black on white, without a size of its own.

    A quarter of the code may be lost (error correction Q), as from glare on a hall screen; on paper, which is looked at
    from near and is white around the code, level M and a narrow quiet zone do.
    """
    drawn = io.BytesIO()
    code = segno.make(address, error=level, micro=False)
    code.save(drawn, kind="svg", border=quiet_zone, dark="#000", light="#fff", omitsize=True, xmldecl=False, nl=False)
    return drawn.getvalue().decode()
