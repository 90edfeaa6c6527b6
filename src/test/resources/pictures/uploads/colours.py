"""Pictures whose colours are stored in rarer ways, and beside each what it looks like as sRGB on white.

Run in this folder with Pillow 12.3.0 and numpy; writes NAME and NAME.expected.png. What Pillow can write and read is its
word; PNG files that it cannot write are put together here, and what they look like follows from how they were made.
"""

import io
import struct
import zlib

import numpy as np
from PIL import Image, ImageCms

WIDTH, HEIGHT = 96, 72


def base():
    """A smooth picture with colours of every hue, none at the end of its scale."""
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH] / [[[HEIGHT - 1]], [[WIDTH - 1]]]
    rgb = np.stack([0.15 + 0.7 * x, 0.2 + 0.6 * y, 0.8 - 0.3 * x - 0.3 * y], axis=-1)
    return np.round(rgb * 255).astype(np.uint8)


def gray():
    return base()[..., 0]


def s15_fixed16(*values):
    return struct.pack(f">{len(values)}i", *(round(v * 65536) for v in values))


def profile(space, tags):
    """An ICC profile of version 2, a display's."""
    offset = 128 + 4 + 12 * len(tags)
    table, data = struct.pack(">I", len(tags)), b""
    for name, content in tags.items():
        content += b"\0" * (-len(content) % 4)
        table += name + struct.pack(">II", offset + len(data), len(content))
        data += content
    size = 128 + len(table) + len(data)
    header = struct.pack(">I4sI4s4s4s", size, b"none", 0x02400000, b"mntr", space, b"XYZ ")
    header += struct.pack(">6H", 2026, 1, 1, 0, 0, 0) + b"acsp" + b"\0" * 28 + s15_fixed16(0.9642, 1, 0.8249)
    return header.ljust(128, b"\0") + table + data


def described(name, tags):
    text = b"desc" + b"\0" * 4 + struct.pack(">I", len(name) + 1) + name + b"\0" * 79
    return {b"desc": text, b"cprt": b"text" + b"\0" * 4 + b"none\0", b"wtpt": xyz(0.9642, 1, 0.8249), **tags}


def xyz(*values):
    return b"XYZ " + b"\0" * 4 + s15_fixed16(*values)


def gamma(value):
    return b"curv" + b"\0" * 4 + struct.pack(">IH", 1, round(value * 256))


def rgb_profile(name, exponent, red, green, blue):
    """Primaries as XYZ under D50."""
    curve = gamma(exponent)
    return profile(
        b"RGB ",
        described(
            name,
            {b"rXYZ": xyz(*red), b"gXYZ": xyz(*green), b"bXYZ": xyz(*blue)}
            | {b"rTRC": curve, b"gTRC": curve, b"bTRC": curve},
        ),
    )


DISPLAY_P3 = rgb_profile(
    b"Display P3", 2.2, (0.5151, 0.2412, -0.0011), (0.2920, 0.6922, 0.0419), (0.1571, 0.0666, 0.7841)
)
ADOBE_RGB = rgb_profile(
    b"Adobe RGB", 2.2, (0.6097, 0.3111, 0.0195), (0.2053, 0.6257, 0.0609), (0.1492, 0.0632, 0.7446)
)
GRAY_GAMMA = profile(b"GRAY", described(b"Gray Gamma 1.8", {b"kTRC": gamma(1.8)}))


def to_srgb(image, icc):
    return ImageCms.profileToProfile(
        image,
        ImageCms.ImageCmsProfile(io.BytesIO(icc)),
        ImageCms.createProfile("sRGB"),
        renderingIntent=ImageCms.Intent.PERCEPTUAL,
        outputMode="RGB",
    )


def write(name, content, expected):
    with open(name, "wb") as file:
        file.write(content)
    expected.convert("RGB").save(name + ".expected.png", optimize=True)


def saved(image, form, **options):
    out = io.BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


def png(bits, kind, rows, interlaced=None, profile_chunk=b""):
    """rows: the unfiltered rows as bytes, of one pass or of Adam7's seven."""
    header = struct.pack(">IIBBBBB", WIDTH, HEIGHT, bits, kind, 0, 0, 1 if interlaced else 0)
    data = b"".join(b"\0" + row for row in rows)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + profile_chunk + chunk(b"IDAT", zlib.compress(data)) + chunk(b"IEND", b"")


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def packed(samples, bits):
    """Rows of samples narrower than a byte."""
    per_byte = 8 // bits
    shifts = np.arange(per_byte - 1, -1, -1) * bits
    grouped = samples.reshape(HEIGHT, WIDTH // per_byte, per_byte) << shifts
    return [row.astype(np.uint8).tobytes() for row in grouped.sum(-1)]


def adam7(samples):
    starts = [(0, 0, 8, 8), (0, 4, 8, 8), (4, 0, 8, 4), (0, 2, 4, 4), (2, 0, 4, 2), (0, 1, 2, 2), (1, 0, 2, 1)]
    return [row.tobytes() for y, x, down, right in starts for row in samples[y::down, x::right]]


def on_white(colour, alpha):
    return np.round(colour * alpha + 255 * (1 - alpha)).astype(np.uint8)


def jpegs():
    rgb = Image.fromarray(base())
    for name, icc in (("display-p3.jpg", DISPLAY_P3), ("adobe-rgb.jpg", ADOBE_RGB)):
        content = saved(rgb, "JPEG", quality=95, icc_profile=icc)
        write(name, content, to_srgb(Image.open(io.BytesIO(content)), icc))

    ink = rgb.convert("CMYK")
    adobe = saved(ink, "JPEG", quality=95)
    write("adobe-cmyk.jpg", adobe, Image.open(io.BytesIO(adobe)))

    # Without Adobe's marker; inverted all the same, to Pillow too.
    marker = adobe.index(b"\xff\xee")
    plain = adobe[:marker] + adobe[marker + 16 :]
    write("plain-cmyk.jpg", plain, Image.open(io.BytesIO(plain)))

    # Adobe's transform 2: luma and chroma in place of the first three inks.
    inks = np.asarray(ink)
    luma = np.asarray(Image.fromarray(inks[..., :3], "RGB").convert("YCbCr"))
    ycck = saved(Image.fromarray(255 - np.dstack([luma, 255 - inks[..., 3]]), "CMYK"), "JPEG", quality=95)
    ycck = ycck[: marker + 15] + b"\2" + ycck[marker + 16 :]
    write("ycck.jpg", ycck, Image.open(io.BytesIO(ycck)))


def pngs():
    rgb = base()
    wide = rgb.astype(">u2") * 257
    alpha = np.linspace(0, 1, WIDTH)[None, :].repeat(HEIGHT, 0)
    wide_alpha = np.round(alpha * 65535).astype(">u2")
    write("display-p3.png", saved(Image.fromarray(rgb), "PNG", icc_profile=DISPLAY_P3), to_srgb(Image.fromarray(rgb), DISPLAY_P3))
    icc = chunk(b"iCCP", b"P3\0\0" + zlib.compress(DISPLAY_P3))
    write("display-p3-16.png", png(16, 2, [row.tobytes() for row in wide], profile_chunk=icc), to_srgb(Image.fromarray(rgb), DISPLAY_P3))
    write("gray-gamma.png", saved(Image.fromarray(gray()), "PNG", icc_profile=GRAY_GAMMA), to_srgb(Image.fromarray(gray()), GRAY_GAMMA))
    write("broken-profile.png", saved(Image.fromarray(rgb), "PNG", icc_profile=DISPLAY_P3[:200]), Image.fromarray(rgb))
    write("foreign-profile.png", saved(Image.fromarray(rgb), "PNG", icc_profile=GRAY_GAMMA), Image.fromarray(rgb))

    rgba = np.dstack([wide, wide_alpha]).astype(">u2")
    write("rgba16.png", png(16, 6, [row.tobytes() for row in rgba]), Image.fromarray(on_white(rgb, alpha[..., None])))
    la = np.dstack([wide[..., 0], wide_alpha]).astype(">u2")
    write("gray16-alpha.png", png(16, 4, [row.tobytes() for row in la]), Image.fromarray(on_white(gray(), alpha)))

    write("interlaced.png", png(8, 2, adam7(rgb), interlaced=True), Image.fromarray(rgb))
    write("interlaced16.png", png(16, 2, adam7(wide), interlaced=True), Image.fromarray(rgb))
    for bits in (2, 4):
        levels = (gray().astype(int) >> (8 - bits)).astype(int)
        shown = (levels * 255 // (2**bits - 1)).astype(np.uint8)
        write(f"gray{bits}.png", png(bits, 0, packed(levels, bits)), Image.fromarray(shown))
    palette = Image.fromarray(rgb).quantize(16)
    write("palette4.png", saved(palette, "PNG", bits=4), palette)
    key = tuple(int(v) for v in rgb[10, 10])
    keyed = Image.fromarray(np.where((rgb == key).all(-1, keepdims=True), 255, rgb).astype(np.uint8))
    write("colour-key.png", saved(Image.fromarray(rgb), "PNG", transparency=key), keyed)


jpegs()
pngs()
