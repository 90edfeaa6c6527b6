"""Reference values of adapters of every kind: kinds.safetensors.

    pip install torch==2.13.0 safetensors peft==0.21.0 lycoris-lora
    python kinds.py

Results are those of LyCORIS (Yeh et al. 2023, arXiv:2309.14859), and of peft for a DoRA with the norms of the outputs. Gradients are
torch's, in fp64, of the same formula with the norms of DoRA as constants, as section 4.3 of arXiv:2402.09353 and peft have it
(LyCORIS differentiates them). The script checks both against each other.
"""

import torch
import torch.nn as nn
from lycoris.modules.locon import LoConModule
from lycoris.modules.loha import LohaModule
from lycoris.modules.lokr import LokrModule
from peft.tuners.lora.dora import DoraConv2dLayer, DoraLinearLayer
from safetensors.torch import save_file

OUT, IN, RANK, ALPHA = 12, 8, 2, 3.0
torch.manual_seed(0)


def layer(kind):
    if kind == "linear":
        return nn.Linear(IN, OUT), torch.randn(2, 5, IN)
    size = 3 if kind == "conv3" else 1
    return nn.Conv2d(IN, OUT, size, padding=size // 2), torch.randn(2, IN, 4, 5)


def renormed(weight, norms):
    out = norms.shape[0] == weight.shape[0] and norms.shape[1] == 1
    dims = [i for i in range(weight.dim()) if i != (0 if out else 1)]
    return weight * (norms / weight.square().sum(dims, keepdim=True).sqrt().detach())


def change(t, scale, weight):
    """W + scale * D, from the tensors of a file."""

    def tucker(core, a, b):
        return torch.einsum("i j k l, i p, j r -> p r k l", core, a, b)

    def product(name):
        core = t.get(name.replace("w", "t"))
        return tucker(core, t[name + "_a"], t[name + "_b"]) if core is not None else t[name + "_a"] @ t[name + "_b"]

    if "lora_up" in t:
        up, down = t["lora_up"].flatten(1), t["lora_down"].flatten(1)
        d = tucker(t["lora_mid"], up.T, down) if "lora_mid" in t else up @ down
    elif "hada_w1_a" in t:
        d = product("hada_w1") * product("hada_w2")
    else:
        w1 = t["lokr_w1"] if "lokr_w1" in t else product("lokr_w1")
        w2 = t["lokr_w2"] if "lokr_w2" in t else product("lokr_w2")
        w2 = w2.reshape(w2.shape[0], weight.shape[1] // w1.shape[1], *weight.shape[2:])
        d = torch.kron(w1.reshape(*w1.shape, *[1] * (w2.dim() - 2)), w2)
    changed = weight + scale * d.reshape(weight.shape)
    return renormed(changed, t["dora_scale"]) if "dora_scale" in t else changed


def by_peft(base, x, t, scale):
    conv = isinstance(base, nn.Conv2d)
    a = nn.Conv2d(IN, RANK, base.kernel_size, padding=base.padding, bias=False) if conv else nn.Linear(IN, RANK, bias=False)
    b = nn.Conv2d(RANK, OUT, 1, bias=False) if conv else nn.Linear(RANK, OUT, bias=False)
    a.weight.data, b.weight.data = t["lora_down"], t["lora_up"]
    dora = DoraConv2dLayer(fan_in_fan_out=False) if conv else DoraLinearLayer(fan_in_fan_out=False)
    dora.update_layer(base_layer=base, lora_A=a.weight, lora_B=b.weight, scaling=scale)
    norms = t["dora_scale"]
    dora.weight = nn.Parameter(norms.transpose(0, 1) if conv else norms[:, 0])
    return base(x) + dora(x, lora_A=a, lora_B=b, scaling=scale, base_layer=base)


CASES = {
    "locon": (LoConModule, {}),
    "rslora": (LoConModule, {"rs_lora": True}),
    "dora": (LoConModule, {"weight_decompose": True}),
    "dora_in": (LoConModule, {"weight_decompose": True, "wd_on_out": False}),
    "tucker": (LoConModule, {"use_tucker": True}),
    "loha": (LohaModule, {}),
    "loha_dora": (LohaModule, {"weight_decompose": True}),
    "loha_tucker": (LohaModule, {"use_tucker": True}),
    "lokr": (LokrModule, {}),
    "lokr_both": (LokrModule, {"decompose_both": True, "lora_dim": 1}),
    "lokr_whole": (LokrModule, {"full_matrix": True}),
    "lokr_factor": (LokrModule, {"factor": 2}),
    "lokr_dora_in": (LokrModule, {"weight_decompose": True, "wd_on_out": False}),
    "lokr_tucker": (LokrModule, {"use_tucker": True, "lora_dim": 1}),
}

saved = {}
for kind in ("linear", "conv1", "conv3"):
    base, x = layer(kind)
    saved |= {kind + ".weight": base.weight, kind + ".bias": base.bias, kind + ".x": x}
    for name, (module, options) in CASES.items():
        if "tucker" in name and kind != "conv3":
            continue
        options = {"lora_dim": RANK, "alpha": ALPHA, **options}
        if name in ("lokr", "lokr_dora_in"):
            options["lora_dim"] = 1
        adapter = module("x", base, 1.0, **options)
        for parameter in adapter.parameters():
            parameter.data = torch.randn(parameter.shape) * 0.5
        if "dora" in name:
            adapter.dora_scale.data = adapter.dora_scale.data.abs() + 0.5
        state = {k.replace(".weight", ""): v.detach().clone() for k, v in adapter.custom_state_dict().items()}
        state.pop("alpha")
        y = adapter(x)
        if name == "dora":
            found = by_peft(base, x, state, adapter.scale)
            assert (found - y).abs().max() < 1e-4 * y.abs().max(), (kind, name)
        wide = {k: v.double().requires_grad_() for k, v in state.items()}
        weight, bias = base.weight.detach().double(), base.bias.detach().double()
        input = x.double().requires_grad_()
        changed = change(wide, adapter.scale, weight)
        result = (
            nn.functional.linear(input, changed, bias)
            if kind == "linear"
            else nn.functional.conv2d(input, changed, bias, padding=base.padding)
        )
        assert (result - y).abs().max() < 1e-5 * y.abs().max(), (kind, name)
        upstream = torch.randn(y.shape)
        gradients = torch.autograd.grad((result * upstream).sum(), [input, *wide.values()])
        case = f"{kind}.{name}."
        saved |= {case + "upstream": upstream}
        saved |= {case + "y": y, case + "changed": changed, case + "scale": torch.tensor(adapter.scale)}
        saved |= {case + "x.gradient": gradients[0]}
        saved |= {case + k: v for k, v in state.items()}
        saved |= {case + k + ".gradient": g for k, g in zip(wide, gradients[1:])}

save_file({k: v.detach().float().contiguous() for k, v in saved.items()}, "kinds.safetensors")
print(len(saved), "tensors")
