"""Pillow without pixels: a picture knows its format, its mode and its size."""

import pathlib
import sys
import types

# The modes that Pillow writes, by format.
WRITES = {
    "JPEG": ("1", "L", "RGB", "RGBX", "CMYK", "YCbCr"),
    "PNG": ("1", "L", "LA", "I", "P", "RGB", "RGBA"),
    "WEBP": ("RGB", "RGBA", "RGBX"),
}
EXTENSIONS = {".jpg": "JPEG", ".jpeg": "JPEG", ".png": "PNG", ".webp": "WEBP"}


class Image:
    """A picture of 1200 by 800: one with transparency if its bytes begin with "PNG"."""

    def __init__(self, mode, size, form=None):
        self.mode = mode
        self.size = size
        self.format = form

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    @property
    def width(self):
        return self.size[0]

    @property
    def height(self):
        return self.size[1]

    def close(self):
        pass

    def copy(self):
        return Image(self.mode, self.size)

    def convert(self, mode):
        return Image(mode, self.size)

    def resize(self, size, *_, **__):
        return Image(self.mode, tuple(size))

    def thumbnail(self, size, *_, **__):
        """Shrinks in place, keeps the shape, never enlarges."""
        scale = min(size[0] / self.width, size[1] / self.height, 1)
        self.size = (round(self.width * scale), round(self.height * scale))

    def save(self, target, format=None, **_):
        form = format.upper() if format else EXTENSIONS.get(extension(target))
        if form is None:
            raise ValueError(f"unknown file extension: {extension(target)}")
        if self.mode not in WRITES[form]:
            raise OSError(f"cannot write mode {self.mode} as {form}")
        written = f"{form} {self.mode} {self.width}x{self.height}".encode()
        if hasattr(target, "write"):
            target.write(written)
        else:
            pathlib.Path(target).write_bytes(written)


def extension(target):
    return "" if hasattr(target, "write") else pathlib.Path(target).suffix.lower()


def open_picture(source, mode="r"):
    content = source.read() if hasattr(source, "read") else pathlib.Path(source).read_bytes()
    if content.startswith((b"PNG", b"\x89PNG")):
        return Image("RGBA", (1200, 800), "PNG")
    return Image("RGB", (1200, 800), "JPEG")


def new_picture(mode, size, color=0):
    return Image(mode, tuple(size))


def install():
    """Makes `from PIL import Image` work."""
    package, module = types.ModuleType("PIL"), types.ModuleType("PIL.Image")
    module.Image, module.open, module.new = Image, open_picture, new_picture
    module.LANCZOS, module.Resampling = 1, types.SimpleNamespace(NEAREST=0, LANCZOS=1, BILINEAR=2, BICUBIC=3)
    package.__path__, package.Image = [], module
    sys.modules["PIL"], sys.modules["PIL.Image"] = package, module
