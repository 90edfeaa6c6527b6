#!/usr/bin/env bash
# TorchScript's graph optimizer loses one use of a value from its gradient, from the second call on.
#
# A linear layer whose bias is an Optional that is None at run time, whose weight is trained, and whose input is used a
# second time as key and value of scaled_dot_product_attention. A good guess expects every call to return the gradient
# of the first. Seen: the first call is right, the second and later ones leave out a use, while the output stays right.
# With a bias, or with the optimizer off, every call is right.
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
from torch.nn import functional


SOURCE = """
def attends(x: Tensor, weight: Tensor, bias: Optional[Tensor]) -> Tensor:
    n = torch.layer_norm(x, [8])
    q = torch.nn.functional.linear(n, weight, bias)
    return torch.nn.functional.scaled_dot_product_attention(q, n, n)
"""


def reference(x, weight, bias):
    n = torch.layer_norm(x, [8])
    return functional.scaled_dot_product_attention(functional.linear(n, weight, bias), n, n)


def gradient(function, x, weight, bias, upstream):
    x = x.clone().requires_grad_()
    output = function(x, weight, bias)
    return output.detach(), torch.autograd.grad(output, x, upstream)[0]


def errors(bias, optimize):
    """Largest relative error of output and gradient, call by call."""
    found = []
    exact = gradient(
        reference, x.double(), weight.double(), None if bias is None else bias.double(), upstream.double())
    # Compiled anew, so that no case sees what another has profiled.
    compiled = torch.jit.CompilationUnit(SOURCE).attends
    with torch.jit.optimized_execution(optimize):
        for _ in range(3):
            seen = gradient(compiled, x, weight, bias, upstream)
            found.append([((s - e).abs().max() / e.abs().max()).item() for s, e in zip(seen, exact)])
    return found


torch.manual_seed(0)
x, upstream = torch.randn(2, 5, 8), torch.randn(2, 5, 8)
weight = torch.randn(8, 8, requires_grad=True)
print("torch", torch.__version__)
cases = {
    "no bias, optimizer off": errors(None, False),
    "a bias of zeros, optimizer on": errors(torch.zeros(8, requires_grad=True), True),
    "no bias, optimizer on": errors(None, True),
}
for name, calls in cases.items():
    for call, (output, gradient_error) in enumerate(calls, 1):
        print(f"{name}, call {call}: output off by {output:.1e}, gradient by {gradient_error:.1e}; expected below 1e-5")
right = all(max(call) < 1e-5 for name in list(cases)[:2] for call in cases[name])
lost = cases["no bias, optimizer on"]
as_found = max(lost[0]) < 1e-5 and all(call[0] < 1e-5 and call[1] > 0.1 for call in lost[1:])
print("as found" if right and as_found else "changed")
sys.exit(0 if right and as_found else 1)
PYTHON
