"""Writes the reference values of this folder: aspect-ratio buckets, masked losses, saliency maps.

    git clone https://github.com/kohya-ss/sd-scripts
    python3 reference.py sd-scripts

Run with sd-scripts at 48d368fa557731ad0488c07304dfeba8c07910eb, torch 2.13.0, numpy 2.4 and Pillow 12.3.0. Of sd-scripts, only the
class and the function that are compared are executed, because importing its modules needs all of its packages.
"""

import ast
import math
import random
import sys
from pathlib import Path

import numpy as np
import torch
from PIL import Image

HERE = Path(__file__).parent
PHOTO = HERE.parent / "photos" / "astronaut.png"


def of_kohya(folder, file, name):
    tree = ast.parse((Path(folder) / "library" / file).read_text(encoding="utf-8"))
    node = next(it for it in tree.body if getattr(it, "name", None) == name)
    names = {"torch": torch, "math": math, "np": np, "random": random}
    from typing import Optional, Tuple
    names.update(Optional=Optional, Tuple=Tuple)
    exec(compile(ast.Module([node], []), file, "exec"), names)
    return names[name]


def buckets(folder):
    manager = of_kohya(folder, "train_util.py", "BucketManager")
    random.seed(1)
    lines = ["resolution,stride,width,height,resized_width,resized_height,bucket_width,bucket_height"]
    sizes = [(1024, 1024), (1920, 1080), (1080, 1920), (2048, 1365), (640, 480), (512, 512), (513, 511), (300, 900)]
    while len(lines) < 400:
        resolution, stride = random.choice([(512, 64), (1024, 64), (768, 64), (512, 8), (64, 8), (64, 16), (256, 32)])
        width, height = sizes.pop() if sizes else (random.randint(64, 2048), random.randint(64, 2048))
        try:
            reso, resized, _ = manager(True, (resolution, resolution), None, None, stride).select_bucket(width, height)
        except ZeroDivisionError:
            continue
        if min(reso) > 0:
            lines.append(",".join(map(str, (resolution, stride, width, height, *resized, *reso))))
    (HERE / "buckets.csv").write_text("\n".join(lines) + "\n")


def masked_loss(folder):
    """Loss and gradient of a batch of two pictures, as sd-scripts' train_network.py computes them with a masked loss."""
    apply = of_kohya(folder, "custom_train_functions.py", "apply_masked_loss")
    torch.manual_seed(2)
    prediction = torch.randn(2, 4, 6, 10, dtype=torch.float64)
    target = torch.randn(2, 4, 6, 10, dtype=torch.float64)
    mask = torch.randint(0, 256, (2, 48, 80), dtype=torch.uint8)
    mask[0, :20] = 0
    mask[1, :, 30:] = 255
    lines = [" ".join(map(str, mask.flatten().tolist()))]
    for values in prediction, target:
        lines.append(" ".join(repr(np.float32(it).item()) for it in values.flatten().tolist()))
    for outside in 0.0, 0.25, 1.0:
        predicted = prediction.float().double().requires_grad_()
        weight = mask.double() / 255
        weight = weight + (1 - weight) * outside
        loss = torch.nn.functional.mse_loss(predicted, target.float().double(), reduction="none")
        loss = apply(loss, {"alpha_masks": weight}).mean([1, 2, 3]).mean()
        loss.backward()
        lines.append(" ".join([str(outside), repr(loss.item())] + [repr(it) for it in predicted.grad.flatten().tolist()]))
    (HERE / "masked-loss.txt").write_text("\n".join(lines) + "\n")


def saliency():
    """The authors' program, http://www.houxiaodi.com/assets/papers/cvpr07.pdf, in fp64, with a Gaussian over 9x9 positions."""
    photo = Image.open(PHOTO).convert("RGB")
    lines = []
    for box in (0, 0, *photo.size), (0, 0, photo.width, photo.height // 3), (50, 30, 150, photo.height):
        picture = photo.crop(box)
        scale = 64 / max(picture.size)
        size = [max(1, int(it * scale + 0.5)) for it in picture.size]
        small = np.asarray(picture.resize(size, Image.BICUBIC), dtype=np.float64)
        gray = small @ [0.299, 0.587, 0.114]
        spectrum = np.fft.fft2(gray)
        log = np.log(np.abs(spectrum))
        padded = np.pad(log, 1, mode="edge")
        mean = sum(padded[y : y + log.shape[0], x : x + log.shape[1]] for y in range(3) for x in range(3)) / 9
        map = np.abs(np.fft.ifft2(np.exp(log - mean + 1j * np.angle(spectrum)))) ** 2
        kernel = np.exp(-((np.arange(-4, 5) / 2.5) ** 2) / 2)
        kernel /= kernel.sum()
        for axis in 0, 1:
            map = np.apply_along_axis(lambda line: np.convolve(line, kernel, mode="same"), axis, map)
        object = np.where(map >= min(3 * map.mean(), map.max()), map, 0)
        y, x = np.mgrid[: map.shape[0], : map.shape[1]]
        focus = [((p + 0.5) * object).sum() / object.sum() * f / t for p, f, t in zip((x, y), picture.size, size)]
        lines.append(" ".join(text(box, size, focus, map)))
    (HERE / "saliency.txt").write_text("\n".join(lines) + "\n")


def text(box, size, focus, values):
    return [*(str(it) for it in box), *(str(it) for it in size), *(repr(float(it)) for it in focus)] + [
        repr(float(it)) for it in values.flatten()
    ]


if __name__ == "__main__":
    buckets(sys.argv[1])
    masked_loss(sys.argv[1])
    saliency()
