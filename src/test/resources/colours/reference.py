"""Reference values of colours, from scikit-image 0.26: python reference.py > reference.json (from this folder).

pip install scikit-image pillow
"""

import json
import pathlib

import numpy as np
from PIL import Image
from skimage.color import lab2lch, rgb2lab

COLOURS = [(0, 0, 0), (255, 255, 255), (255, 0, 0), (0, 255, 0), (0, 0, 255), (0, 128, 128), (0, 255, 255), (3, 2, 10), (200, 180, 40)]
SUBJECTS = pathlib.Path(__file__).parents[3] / "main/resources/subjects"


def lab(pixels):
    return rgb2lab(np.asarray(pixels, dtype=np.float64) / 255, illuminant="D65", observer="2")


def picture(path):
    lch = lab2lch(lab(np.asarray(Image.open(path).convert("RGB")))).reshape(-1, 3)
    return lch[:, 1], lch[:, 2]


def subject(name):
    """All pictures have the same size, so that all pixels together have the weights of the pictures."""
    chroma, hue = map(np.concatenate, zip(*(picture(path) for path in sorted((SUBJECTS / name).glob("*.png")))))
    # Weighted by chroma: Mardia and Jupp 2000, Directional Statistics, section 2.3.
    vector = np.sum(chroma * np.exp(1j * hue)) / np.sum(chroma)
    return {
        "chroma": chroma.mean(),
        "chroma_spread": chroma.std(),
        "hue": np.degrees(np.angle(vector)) % 360,
        "hue_spread": np.degrees(np.sqrt(-2 * np.log(abs(vector)))),
    }


print(
    json.dumps(
        {
            "colours": [{"rgb": rgb, "lab": lab([[rgb]])[0, 0].tolist()} for rgb in COLOURS],
            "subjects": {name: subject(name) for name in ("owl", "teddy-bear")},
        },
        indent=1,
    )
)
