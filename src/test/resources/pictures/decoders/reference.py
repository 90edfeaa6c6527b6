"""Pictures of every kind that is taken, and beside each what Pillow decodes.

Run in this folder with Pillow 12.3.0 (libwebp 1.6.0, libjpeg-turbo 3.1.4), numpy, and cjpeg and cwebp on the path; writes
NAME and NAME.expected.png, 8-bit RGB or RGBA. Profiles and EXIF data have no part in it: ../uploads has those. The picture
is a piece of ../../photos/astronaut.png. webp-photo-q80.webp and webp-cutout-19-colours.webp are left as they are: files that
were decoded wrongly once.
"""

import io
import pathlib
import struct
import subprocess
import tempfile
import zlib

import numpy as np
from PIL import Image

PHOTO = Image.open("../../photos/astronaut.png").convert("RGB").crop((130, 0, 460, 240))
WIDTH, HEIGHT = 61, 45
RANDOM = np.random.default_rng(7)


def photo(width=WIDTH, height=HEIGHT):
    return PHOTO.resize((width, height), Image.Resampling.BICUBIC)


def opacity(width=WIDTH, height=HEIGHT):
    """Transparent on the left, opaque on the right, and noise in between."""
    ramp = np.linspace(-60, 315, width)[None, :] + RANDOM.integers(-20, 21, (height, width))
    return Image.fromarray(np.clip(ramp, 0, 255).astype(np.uint8))


def translucent(width=WIDTH, height=HEIGHT):
    image = photo(width, height)
    image.putalpha(opacity(width, height))
    return image


def saved(image, form, **options):
    out = io.BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


def run(command, image, suffix, to_stdout=False):
    with tempfile.TemporaryDirectory() as folder:
        source, result = pathlib.Path(folder) / f"in{suffix}", pathlib.Path(folder) / "out"
        image.save(source)
        output = [] if to_stdout else ["-o", result]
        done = subprocess.run([*command, *(output if command[0] == "cwebp" else []), source], check=True, capture_output=True)
        return result.read_bytes() if command[0] == "cwebp" else done.stdout


def write(name, content):
    pathlib.Path(name).write_bytes(content)
    image = Image.open(io.BytesIO(content))
    transparent = image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info
    if image.mode == "I;16":
        # Pillow keeps these at 16 bits; at 8 it takes the upper byte, as of 16-bit RGB.
        samples = np.asarray(image)
        key = image.info.get("transparency")
        image = Image.fromarray((samples >> 8).astype(np.uint8))
        if key is not None:
            image.putalpha(Image.fromarray(np.where(samples == key, 0, 255).astype(np.uint8)))
    image.convert("RGBA" if transparent else "RGB").save(name + ".expected.png", optimize=True)


def jpegs():
    for sampling in ("1x1", "2x1", "2x2", "1x2", "4x1", "1x4", "4x2", "2x4", "2x2,2x1,2x1", "2x2,1x2,1x1"):
        name = "jpeg-" + sampling.replace(",", "-")
        for quality in (95, 40):
            write(f"{name}-q{quality}.jpg", run(["cjpeg", "-quality", str(quality), "-sample", sampling], photo(), ".ppm"))
        write(f"{name}-progressive.jpg", run(["cjpeg", "-progressive", "-sample", sampling], photo(), ".ppm"))
    for width, height in ((1, 1), (2, 3), (17, 16), (33, 8)):
        write(f"jpeg-2x2-{width}x{height}.jpg", run(["cjpeg", "-sample", "2x2"], photo(width, height), ".ppm"))
        write(f"jpeg-2x1-{width}x{height}.jpg", run(["cjpeg", "-sample", "2x1"], photo(width, height), ".ppm"))
    write("jpeg-gray.jpg", saved(photo().convert("L"), "JPEG", quality=90))
    write("jpeg-gray-progressive.jpg", saved(photo().convert("L"), "JPEG", quality=90, progressive=True))
    write("jpeg-gray-2x2.jpg", run(["cjpeg", "-sample", "2x2"], photo().convert("L"), ".pgm"))
    write("jpeg-restart-blocks.jpg", saved(photo(), "JPEG", quality=90, restart_marker_blocks=3))
    write("jpeg-restart-rows.jpg", saved(photo(), "JPEG", quality=90, subsampling="4:2:0", restart_marker_rows=1))
    write("jpeg-optimized.jpg", saved(photo(), "JPEG", quality=90, optimize=True))
    write("jpeg-rgb.jpg", saved(photo(), "JPEG", quality=90, keep_rgb=True))
    write("jpeg-rgb-adobe.jpg", saved(photo(), "JPEG", quality=90, keep_rgb=True).replace(b"\xff\xdb", adobe(0) + b"\xff\xdb", 1))
    write("jpeg-ycc-adobe.jpg", without_jfif(saved(photo(), "JPEG", quality=90, subsampling="4:4:4"), adobe(1)))
    write("jpeg-ycc-unmarked.jpg", without_jfif(saved(photo(), "JPEG", quality=90, subsampling="4:4:4"), b""))
    ink = photo().convert("CMYK")
    cmyk = saved(ink, "JPEG", quality=90)
    marker = cmyk.index(b"\xff\xee")
    write("jpeg-cmyk-adobe.jpg", cmyk)
    write("jpeg-cmyk-unmarked.jpg", cmyk[:marker] + cmyk[marker + 16 :])
    for name, options in (("", {}), ("-2x2", {"subsampling": "4:2:0"}), ("-progressive", {"progressive": True})):
        inks = np.asarray(ink)
        luma = np.asarray(Image.fromarray(inks[..., :3]).convert("YCbCr"))
        four = Image.fromarray(255 - np.dstack([luma, 255 - inks[..., 3]]), "CMYK")
        ycck = saved(four, "JPEG", quality=90, **options)
        marker = ycck.index(b"\xff\xee")
        write(f"jpeg-ycck{name}.jpg", ycck[: marker + 15] + b"\2" + ycck[marker + 16 :])


def adobe(transform):
    return b"\xff\xee\0\x0eAdobe\0\x64\0\0\0\0" + bytes([transform])


def without_jfif(jpeg, marker):
    assert jpeg[2:4] == b"\xff\xe0"
    return jpeg[:2] + marker + jpeg[4 + struct.unpack(">H", jpeg[4:6])[0] :]


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def packed(samples, bits):
    """Rows of height x width x channels samples, each row filled up to whole bytes."""
    for row in samples.reshape(samples.shape[0], -1):
        if bits == 16:
            yield row.astype(">u2").tobytes()
        elif bits == 8:
            yield row.astype(np.uint8).tobytes()
        else:
            ones = (row[:, None] >> np.arange(bits - 1, -1, -1)) & 1
            yield np.packbits(ones.astype(np.uint8).ravel()).tobytes()


def png(kind, bits, samples, before=b"", interlaced=False):
    """Rows take the five filters in turn; each but the first is what RFC 2083 says of it, on bytes."""
    starts = [(0, 0, 8, 8), (0, 4, 8, 8), (4, 0, 8, 4), (0, 2, 4, 4), (2, 0, 4, 2), (0, 1, 2, 2), (1, 0, 2, 1)]
    passes = [samples[y::down, x::right] for y, x, down, right in starts] if interlaced else [samples]
    step = max(1, samples.shape[2] * bits // 8)
    data = b""
    for part in passes:
        previous = None
        for number, row in enumerate(packed(part, bits) if part.size else []):
            data += filtered(row, previous or bytes(len(row)), step, number % 5)
            previous = row
    header = struct.pack(">IIBBBBB", samples.shape[1], samples.shape[0], bits, kind, 0, 0, int(interlaced))
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + before + chunk(b"IDAT", zlib.compress(data, 9)) + chunk(b"IEND", b"")
    )


def filtered(row, above, step, kind):
    def predicted(i):
        left, up = (row[i - step] if i >= step else 0), above[i]
        corner = above[i - step] if i >= step else 0
        near = min((abs(up - corner), 0, left), (abs(left - corner), 1, up), (abs(left + up - 2 * corner), 2, corner))[2]
        return (0, left, up, (left + up) // 2, near)[kind]

    return bytes([kind]) + bytes((value - predicted(i)) & 255 for i, value in enumerate(row))


def levels(image, bits):
    """The picture at so many bits, with noise in the bits below the upper 8."""
    samples = np.atleast_3d(np.asarray(image)).astype(int)
    return samples * 256 + RANDOM.integers(0, 256, samples.shape) if bits == 16 else samples >> (8 - bits)


def pngs():
    gray, rgb, rgba = photo().convert("L"), photo(), translucent()
    la = np.dstack([np.asarray(gray), np.asarray(rgba)[..., 3]])
    for interlaced in (False, True):
        end = "-interlaced.png" if interlaced else ".png"
        for bits in (1, 2, 4, 8, 16):
            samples = levels(gray, bits)
            write(f"png-gray{bits}{end}", png(0, bits, samples, interlaced=interlaced))
            key = chunk(b"tRNS", struct.pack(">H", int(samples[20, 30, 0])))
            write(f"png-gray{bits}-key{end}", png(0, bits, samples, key, interlaced))
        for bits in (8, 16):
            samples = levels(rgb, bits)
            write(f"png-rgb{bits}{end}", png(2, bits, samples, interlaced=interlaced))
            key = chunk(b"tRNS", struct.pack(">3H", *(int(v) for v in samples[20, 30])))
            write(f"png-rgb{bits}-key{end}", png(2, bits, samples, key, interlaced))
            write(f"png-gray-alpha{bits}{end}", png(4, bits, levels(la, bits), interlaced=interlaced))
            write(f"png-rgba{bits}{end}", png(6, bits, levels(rgba, bits), interlaced=interlaced))
        for bits in (1, 2, 4, 8):
            indexed = rgb.quantize(2**bits)
            colours = indexed.getpalette()[: 3 * 2**bits]
            palette = chunk(b"PLTE", bytes(colours))
            samples = np.atleast_3d(np.asarray(indexed)).astype(int)
            write(f"png-palette{bits}{end}", png(3, bits, samples, palette, interlaced))
            some = chunk(b"tRNS", bytes(RANDOM.integers(0, 256, max(1, len(colours) // 6)).astype(np.uint8)))
            write(f"png-palette{bits}-alpha{end}", png(3, bits, samples, palette + some, interlaced))
    gamma = chunk(b"gAMA", struct.pack(">I", 55556))
    write("png-gamma-rgb8.png", png(2, 8, levels(rgb, 8), gamma))
    write("png-gamma-gray8.png", png(0, 8, levels(gray, 8), gamma))
    write("png-1x1.png", png(2, 8, levels(photo(1, 1), 8)))
    write("png-3x5-interlaced.png", png(6, 8, levels(translucent(3, 5), 8), interlaced=True))


def cutout(colours, transparent):
    """Squares of so many colours, one of which is transparent, or all a little."""
    palette = RANDOM.integers(0, 256, (colours, 4)).astype(np.uint8)
    palette[:, 3] = 255
    if transparent == "one":
        palette[0] = 0
    elif transparent == "all":
        palette[:, 3] = RANDOM.integers(0, 256, colours)
    places = np.arange(18 * 22) % colours
    RANDOM.shuffle(places)
    square = palette[places.reshape(18, 22)].repeat(2, 0).repeat(2, 1)
    frame = np.pad(square, ((3, 3), (5, 5), (0, 0)), mode="edge")
    if transparent == "one":
        frame[:3] = frame[-3:] = frame[:, :5] = frame[:, -5:] = 0
    return Image.fromarray(frame)


def webps():
    for quality in (0, 10, 30, 50, 75, 80, 90, 100):
        write(f"webp-q{quality}.webp", saved(photo(), "WEBP", quality=quality))
        write(f"webp-alpha-q{quality}.webp", saved(translucent(), "WEBP", quality=quality))
    for method in (0, 6):
        write(f"webp-m{method}.webp", saved(photo(), "WEBP", quality=60, method=method))
    for size in ((1, 1), (2, 2), (3, 1), (1, 7), (5, 4), (16, 16), (17, 16), (16, 17), (33, 17)):
        end = "{}x{}.webp".format(*size)
        write("webp-" + end, saved(photo(*size), "WEBP", quality=80))
        write("webp-alpha-" + end, saved(translucent(*size), "WEBP", quality=80))
        write("webp-lossless-" + end, saved(photo(*size), "WEBP", lossless=True))
        write("webp-lossless-alpha-" + end, saved(translucent(*size), "WEBP", lossless=True))
    for colours in (1, 2, 3, 4, 5, 16, 17, 19, 255, 256, 257):
        for transparent in ("none", "one", "all"):
            image = cutout(colours, transparent)
            write(f"webp-colours{colours}-{transparent}.webp", saved(image, "WEBP", lossless=True, exact=True))
    write("webp-lossless.webp", saved(photo(), "WEBP", lossless=True))
    write("webp-lossless-exact.webp", saved(translucent(), "WEBP", lossless=True, exact=True))
    write("webp-gray.webp", saved(photo().convert("L"), "WEBP", quality=80))
    write("webp-sharp-yuv.webp", saved(photo(), "WEBP", quality=80, use_sharp_yuv=True))
    write("webp-extended.webp", saved(photo(), "WEBP", quality=80, icc_profile=b"none", exif=b"Exif\0\0none", xmp=b"none"))
    for alpha in (0, 50, 90):
        write(f"webp-alpha-quality{alpha}.webp", saved(translucent(), "WEBP", quality=80, alpha_quality=alpha))
    large = photo(150, 110)
    for name, options in {
        "segments1": "-segments 1",
        "segments2": "-segments 2 -sns 100",
        "segments4": "-segments 4 -sns 100",
        "filter0": "-q 20 -f 0",
        "filter100": "-q 20 -f 100 -sharpness 0",
        "filter100-sharp7": "-q 20 -f 100 -sharpness 7",
        "filter-simple": "-q 20 -nostrong -f 80",
        "filter-auto": "-q 20 -af -m 6",
        "partition-limit": "-q 90 -partition_limit 100",
        "dithered": "-q 50 -pre 2",
        "near-lossless0": "-near_lossless 0",
        "near-lossless40": "-near_lossless 40",
        "near-lossless80": "-near_lossless 80",
        "lossless-fast": "-z 0",
        "lossless-small": "-z 9",
    }.items():
        write(f"webp-{name}.webp", run(["cwebp", "-quiet", *options.split()], large, ".png"))
    for options in ("-alpha_method 0", "-alpha_filter none", "-alpha_filter fast", "-alpha_filter best"):
        name = options[1:].replace("_", "-").replace(" ", "-")
        write(f"webp-{name}.webp", run(["cwebp", "-quiet", *options.split()], translucent(), ".png"))


jpegs()
pngs()
webps()
