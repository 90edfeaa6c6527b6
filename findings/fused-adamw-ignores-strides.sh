#!/usr/bin/env bash
# Fused optimizers of PyTorch on the CPU read a gradient in the order of memory, whatever its strides are.
#
# A gradient whose strides are those of a transposed matrix comes from a backward pass through expand and baddbmm, by
# torch.autograd.grad, or is assigned to .grad. A good guess expects the step of fused=False, or an error as on CUDA.
# Seen: fused AdamW, Adam, SGD and Adagrad update the wrong elements without a word.
#
# Fails when the outcome changes. Needs Python 3.10 to 3.14; PIP_* variables of the environment hold.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check torch==2.13.0
"$folder/venv/bin/python" - <<'PYTHON'
import sys
import warnings

warnings.filterwarnings("ignore")
import torch

torch.manual_seed(0)
start = torch.randn(6, 4)
x, upstream = torch.randn(2, 5, 4), torch.randn(2, 5, 6)


def gradient(weight):
    y = torch.baddbmm(torch.zeros(6), x, weight.t().expand(2, 4, 6))
    return torch.autograd.grad(y, weight, upstream)[0]


def step(optimizer, fused, change=lambda g: g):
    weight = torch.nn.Parameter(start.clone())
    weight.grad = change(gradient(weight))
    optimizer([weight], lr=0.1, fused=fused).step()
    return weight.detach()


print("torch", torch.__version__)
print("strides of the weight", start.stride(), "and of its gradient", gradient(torch.nn.Parameter(start)).stride())
unchanged = True
for optimizer in (torch.optim.AdamW, torch.optim.Adam, torch.optim.SGD, torch.optim.Adagrad):
    plain = step(optimizer, False)
    fused = (step(optimizer, True) - plain).abs().max().item()
    contiguous = (step(optimizer, True, torch.Tensor.contiguous) - plain).abs().max().item()
    print(f"{optimizer.__name__}: fused differs by {fused:.2g}; of a contiguous copy of the gradient by {contiguous:.2g}")
    unchanged &= fused > 0.01 and contiguous < 1e-6
print("expected: every fused step differs by less than 1e-6")
sys.exit(0 if unchanged else "the outcome has changed")
PYTHON
