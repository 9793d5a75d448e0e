"""Pictures: drawn anew, so that nothing else that was in the file is passed on.

What a camera wrote into it (place, time, device) is gone; which way is up is applied.
"""

import io

from PIL import Image, ImageOps

from app.files.kinds import PREVIEW_SIDE, Examined, Fault, FileKind, Unfit

FORMATS = ("PNG", "JPEG", "WEBP", "GIF")
KEPT_AS = {"JPEG": FileKind.JPEG, "WEBP": FileKind.WEBP}  # the rest without loss, as PNG
MOST_PIXELS = 50_000_000
LARGEST_SIDE = 2560


def drawn_anew(data: bytes) -> Examined:
    """The picture, or the first one of a moving picture, upright; raises `Unfit`."""
    try:
        return _drawn(data)
    except Unfit:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise Unfit(Fault.TOO_MANY_PIXELS) from error
    except Exception as error:  # decoders of foreign bytes raise all sorts of things
        raise Unfit(Fault.BROKEN) from error


def _drawn(data: bytes) -> Examined:
    with Image.open(io.BytesIO(data), formats=FORMATS) as opened:
        if opened.width * opened.height > MOST_PIXELS:
            raise Unfit(Fault.TOO_MANY_PIXELS)
        kind = KEPT_AS.get(opened.format or "", FileKind.PNG)
        opened.draft("RGB", (LARGEST_SIDE, LARGEST_SIDE))
        picture = ImageOps.exif_transpose(_with_plain_colours(opened))
    picture.thumbnail((LARGEST_SIDE, LARGEST_SIDE))
    preview = picture.copy()
    preview.thumbnail((PREVIEW_SIDE, PREVIEW_SIDE))
    return Examined(kind, _written(picture, kind), _written(preview, FileKind.WEBP), *picture.size)


def _with_plain_colours(picture: Image.Image) -> Image.Image:
    """Red, green and blue, and how far one sees through where one does."""
    is_clear = "A" in picture.getbands() or "transparency" in picture.info
    return picture.convert("RGBA" if is_clear else "RGB")


def _written(picture: Image.Image, kind: FileKind) -> bytes:
    clean = Image.new(picture.mode, picture.size)  # pixels, and nothing that hangs on a picture
    clean.paste(picture)
    file = io.BytesIO()
    if kind == FileKind.JPEG:
        clean.convert("RGB").save(file, "JPEG", quality=85, optimize=True, progressive=True)
    elif kind == FileKind.WEBP:
        clean.save(file, "WEBP", quality=82)
    else:
        clean.save(file, "PNG")
    return file.getvalue()
