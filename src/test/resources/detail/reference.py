"""Writes reference.json beside this file: how much of the detail of pictures other pictures show, in NumPy.

    python3 reference.py ../../../main/resources/subjects

Needs numpy and pillow. It finds nearest patches with one product of matrices, in place of one patch after the other.
"""

import json
import pathlib
import sys

import numpy as np
from PIL import Image

XYZ = np.array([[0.412453, 0.357580, 0.180423], [0.212671, 0.715160, 0.072169], [0.019334, 0.119193, 0.950227]])
WHITE = np.array([0.95047, 1, 1.08883])


def lab(picture):
    side = min(picture.size)
    small = picture.convert("RGB").resize((picture.width * 64 // side, picture.height * 64 // side), Image.BICUBIC)
    left, top = (small.width - 64) // 2, (small.height - 64) // 2
    rgb = np.asarray(small, float)[top : top + 64, left : left + 64] / 255
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    t = linear @ XYZ.T / WHITE
    f = np.where(t > 216 / 24389, np.cbrt(t), (24389 / 27 * t + 16) / 116)
    return np.stack([116 * f[..., 1] - 16, 500 * (f[..., 0] - f[..., 1]), 200 * (f[..., 1] - f[..., 2])], -1) / 100


def patches(square, margin, stride):
    at = range(margin, 64 - margin - 8 + 1, stride)
    cut = np.stack([square[y : y + 8, x : x + 8].reshape(64, 3) for y in at for x in at])
    return (cut - cut.mean(1, keepdims=True)).reshape(len(cut), -1)


def strongest(square):
    cut = patches(square, 8, 4)
    return cut[np.argsort(-(cut**2).sum(1), kind="stable")[:48]]


def explained(image, picture):
    found, wanted = patches(image, 0, 2), strongest(picture)
    squares = (wanted**2).sum(1)
    distances = squares[:, None] + (found**2).sum(1)[None] - 2 * wanted @ found.T
    return float(1 - distances.min(1).sum() / squares.sum())


root = pathlib.Path(sys.argv[1])
squares = {s: [lab(Image.open(root / s / f"{i}.png")) for i in range(1, 7)] for s in ("owl", "teddy-bear")}
owls, bears = squares["owl"], squares["teddy-bear"]
reference = {
    "bears_and_owls": [[explained(bear, owl) for owl in owls] for bear in bears],
    "owls": float(np.mean([explained(a, b) for i, a in enumerate(owls) for j, b in enumerate(owls) if i != j])),
}
pathlib.Path(__file__).with_name("reference.json").write_text(json.dumps(reference, indent=1) + "\n")
