"""Writes reference.safetensors: trajectories of torch's AdamW, of transformers' Adafactor, of Lion and Prodigy by lion-pytorch and
prodigyopt, of schedule-free AdamW by its authors' schedulefree, of AdamW with rates apart (diffusers' schedules) and as LoRA+ (peft), and
of 8-bit AdamW in plain numpy, written from the paper; averages by diffusers' EMAModel; and the quantisation maps by bitsandbytes' formula.
Prints rates of the schedules that LearningRateTests names. Made with torch 2.13.0 on a CPU, transformers 5.18.0, lion-pytorch 0.2.3,
prodigyopt 1.1.2, schedulefree 1.4.1, peft 0.21.0 and diffusers 0.40.0.dev0. ReferenceProblem is the same problem in Java."""

import pathlib

import numpy as np
import schedulefree
import torch
from diffusers.optimization import get_scheduler
from diffusers.training_utils import EMAModel
from lion_pytorch import Lion
from peft import LoraConfig, get_peft_model
from peft.optimizers import create_loraplus_optimizer
from prodigyopt import Prodigy
from safetensors.numpy import save_file
from transformers.optimization import Adafactor

SHAPES = {
    "linear": (64, 80),
    "conv": (16, 32, 3, 3),
    "vector": (4097,),
    "table": (10, 24),
    "pointwise": (32, 8, 1, 1),
    "bias": (64,),
    "scale": (),
}
STEPS = 20
BOWL_STEPS = 150
BETA1, BETA2, EPSILON, WEIGHT_DECAY = 0.9, 0.999, 1e-8, 0.01


def noise(seed, step, count):
    """-1 to 1, exact in fp32"""
    index = np.arange(count, dtype=np.uint64)
    mixed = (index * 7919 + step * 104729 + seed * 1299709 + 12345) * 2654435761 % 2**32
    return ((mixed >> np.uint64(16)).astype(np.float64) - 32768) / 32768


def kind(name):
    return list(SHAPES).index(name)


def start(name):
    return noise(kind(name), 0, int(np.prod(SHAPES[name]))).astype(np.float32).reshape(SHAPES[name])


def gradient(name, step):
    """Some 4 decades of magnitudes side by side; of seven values one is zero, another one each step"""
    count = int(np.prod(SHAPES[name]))
    index = np.arange(count)
    values = noise(kind(name), step, count) * 2.0 ** -(index % 12)
    values[(index + step) % 7 == 0] = 0
    return values.astype(np.float32).reshape(SHAPES[name])


def rate(step):
    return 0.01 / step


def torch_trajectory(make, results, prefix):
    parameters = {name: torch.nn.Parameter(torch.tensor(start(name))) for name in SHAPES}
    optimizer = make(parameters.values())
    if hasattr(optimizer, "train"):
        optimizer.train()
    for step in range(1, STEPS + 1):
        optimizer.param_groups[0]["lr"] = rate(step)
        for name, parameter in parameters.items():
            parameter.grad = torch.tensor(gradient(name, step))
        optimizer.step()
    for name, parameter in parameters.items():
        results[f"{prefix}.{name}"] = parameter.detach().numpy().copy()


def bowl_rate(step):
    """Falls in the last fifth"""
    return min(1, 5 - 5 * (step - 1) / BOWL_STEPS)


def bowl(results):
    """Prodigy finds its rate only where gradients point somewhere: here from start(name) / 2^20 to 0.25. In
    fp64; fp32 would lose the first moves, of 1e-6, beside larger parameters"""
    parameters = {name: torch.nn.Parameter(torch.tensor(start(name) / 2**20, dtype=torch.float64)) for name in SHAPES}
    optimizer = prodigy(parameters.values())
    rates = []
    for step in range(1, BOWL_STEPS + 1):
        optimizer.param_groups[0]["lr"] = bowl_rate(step)
        for parameter in parameters.values():
            parameter.grad = parameter.detach() - 0.25
        optimizer.step()
        rates.append(optimizer.param_groups[0]["d"])
    for name, parameter in parameters.items():
        results[f"bowl.{name}"] = parameter.detach().numpy().astype(np.float32)
    results["bowl.rates"] = np.array(rates, dtype=np.float32)


def prodigy(parameters):
    return Prodigy(
        parameters, betas=(BETA1, BETA2), eps=EPSILON, weight_decay=WEIGHT_DECAY, use_bias_correction=True, safeguard_warmup=True
    )


def schedule_free(results):
    """With the authors' own warm-up: first y, where the next gradient is taken, then the average x"""
    parameters = {name: torch.nn.Parameter(torch.tensor(start(name))) for name in SHAPES}
    optimizer = schedulefree.AdamWScheduleFree(
        parameters.values(), lr=0.01, betas=(BETA1, BETA2), eps=EPSILON, weight_decay=WEIGHT_DECAY, warmup_steps=5
    )
    optimizer.train()
    for step in range(1, STEPS + 1):
        for name, parameter in parameters.items():
            parameter.grad = torch.tensor(gradient(name, step))
        optimizer.step()
    for name, parameter in parameters.items():
        results[f"schedule_free.y.{name}"] = parameter.detach().numpy().copy()
    optimizer.eval()
    for name, parameter in parameters.items():
        results[f"schedule_free.x.{name}"] = parameter.detach().numpy().copy()


def adamw(parameters, lr=1.0):
    return torch.optim.AdamW(parameters, lr=lr, betas=(BETA1, BETA2), eps=EPSILON, weight_decay=WEIGHT_DECAY)


def groups(results):
    """Rates, schedules and warm-ups apart; the norm is clipped over all gradients together"""
    schedules = {
        ("linear", "conv"): (0.01, "cosine_with_restarts", 4, 3),
        ("vector", "bias"): (0.02, "linear", 2, 1),
        ("pointwise", "scale"): (0.003, "cosine_with_restarts", 4, 3),
        ("table",): (0.005, "constant", 0, 1),
    }
    parameters = {name: torch.nn.Parameter(torch.tensor(start(name))) for name in SHAPES}
    steppers = []
    for names, (lr, schedule, warmup, cycles) in schedules.items():
        optimizer = adamw([parameters[name] for name in names], lr)
        scheduler = get_scheduler(
            schedule, optimizer, num_warmup_steps=warmup, num_training_steps=STEPS, num_cycles=cycles
        )
        steppers += [optimizer, scheduler]
    for step in range(1, STEPS + 1):
        for name, parameter in parameters.items():
            parameter.grad = torch.tensor(gradient(name, step))
        torch.nn.utils.clip_grad_norm_(parameters.values(), 1.0)
        for stepper in steppers:
            stepper.step()
    for name, parameter in parameters.items():
        results[f"groups.{name}"] = parameter.detach().numpy().copy()


def lora_plus(results):
    """A of rank 4 and B beside a layer of 80 inputs and 64 outputs, with 16 times the rate for B"""
    model = get_peft_model(torch.nn.Sequential(torch.nn.Linear(80, 64)), LoraConfig(r=4, target_modules=["0"]))
    optimizer = create_loraplus_optimizer(
        model, torch.optim.AdamW, lr=0.01, loraplus_lr_ratio=16, loraplus_weight_decay=WEIGHT_DECAY, eps=EPSILON
    )
    trained = {name: p for name, p in model.named_parameters() if p.requires_grad}
    assert len(trained) == 2
    for seed, parameter in enumerate(trained.values()):
        values = noise(seed, 0, parameter.numel()).reshape(tuple(parameter.shape))
        parameter.data.copy_(torch.tensor(values, dtype=torch.float32))
    for step in range(1, STEPS + 1):
        for seed, parameter in enumerate(trained.values()):
            values = noise(seed, step, parameter.numel()).reshape(tuple(parameter.shape))
            parameter.grad = torch.tensor(values, dtype=torch.float32)
        optimizer.step()
    for name, parameter in trained.items():
        results["lora_plus.down" if "lora_A" in name else "lora_plus.up"] = parameter.detach().numpy().copy()


def averages(results):
    """Of what AdamW trains"""
    for prefix, settings in {
        "ema": {"decay": 0.9999},
        "ema_warmed": {
            "decay": 0.8,
            "min_decay": 0.125,
            "update_after_step": 3,
            "use_ema_warmup": True,
            "inv_gamma": 2.0,
            "power": 0.75,
        },
    }.items():
        parameters = {name: torch.nn.Parameter(torch.tensor(start(name))) for name in SHAPES}
        optimizer = adamw(parameters.values())
        average = EMAModel(parameters.values(), **settings)
        for step in range(1, STEPS + 1):
            optimizer.param_groups[0]["lr"] = rate(step)
            for name, parameter in parameters.items():
                parameter.grad = torch.tensor(gradient(name, step))
            optimizer.step()
            average.step(parameters.values())
        for name, shadow in zip(SHAPES, average.shadow_params):
            results[f"{prefix}.{name}"] = shadow.numpy().copy()


def schedules():
    """Rates of LearningRateTests: 20 steps with 4 of warm-up, from diffusers, and REX by its equation"""
    steps = [0, 1, 3, 4, 5, 8, 12, 16, 19, 20]
    optimizer = torch.optim.SGD([torch.zeros(1)], lr=2e-4)
    rates = get_scheduler(
        "cosine_with_restarts", optimizer, num_warmup_steps=4, num_training_steps=20, num_cycles=3
    ).lr_lambdas[0]
    print("cosine_with_restarts", [2e-4 * rates(step) for step in steps])
    left = [1 - (step - 4) / 16 for step in steps]
    print("rex", [2e-4 * (s / 4 if s < 4 else z / (0.5 + 0.5 * z)) for s, z in zip(steps, left)])


def dynamic_map(signed):
    values = [0.0, 1.0]
    for decade in range(7):
        items = 2 ** (decade if signed else decade + 1)
        edges = np.linspace(0.1, 1, items + 1)
        middles = (edges[1:] + edges[:-1]) / 2 * 10.0 ** (decade - 6)
        values += list(middles) + (list(-middles) if signed else [])
    return np.sort(np.array(values, dtype=np.float32))


def round_trip(x, signed):
    """What is left of x after block-wise quantisation"""
    values = dynamic_map(signed)
    bounds = (values[1:] + values[:-1]) / np.float32(2)
    if not signed:
        bounds[0] = 0  # the one departure from the paper: no square above zero becomes zero
    result = np.empty_like(x)
    for begin in range(0, x.size, 2048):
        block = x[begin : begin + 2048]
        largest = np.abs(block).max()
        result[begin : begin + 2048] = values[np.searchsorted(bounds, block / largest)] * largest
    return result


def adamw8bit(name):
    p = start(name).reshape(-1)
    m, v = np.zeros_like(p), np.zeros_like(p)
    quantised = p.size >= 4096
    for step in range(1, STEPS + 1):
        g = gradient(name, step).reshape(-1)
        m = np.float32(BETA1) * m + np.float32(1 - BETA1) * g
        v = np.float32(BETA2) * v + np.float32(1 - BETA2) * g * g
        m_hat = m / np.float32(1 - BETA1**step)
        v_hat = v / np.float32(1 - BETA2**step)
        p = p * np.float32(1 - rate(step) * WEIGHT_DECAY)
        p = p - np.float32(rate(step)) * m_hat / (np.sqrt(v_hat) + np.float32(EPSILON))
        if quantised:
            m, v = round_trip(m, True), round_trip(v, False)
    return p.reshape(SHAPES[name])


def bitsandbytes_map(signed):
    """The formula of create_dynamic_map(signed, max_exponent_bits=7, total_bits=8)"""
    data = [0.0, 1.0]
    for i in range(7):
        edges = torch.linspace(0.1, 1, 2 ** (i if signed else i + 1) + 1)
        means = (edges[:-1] + edges[1:]) / 2.0
        data += (10 ** (-6 + i) * means).tolist()
        if signed:
            data += (-(10 ** (-6 + i)) * means).tolist()
    return torch.tensor(sorted(data)).numpy()


def main():
    results = {"map.signed": bitsandbytes_map(True), "map.unsigned": bitsandbytes_map(False)}
    torch_trajectory(
        lambda p: torch.optim.AdamW(p, betas=(BETA1, BETA2), eps=EPSILON, weight_decay=WEIGHT_DECAY),
        results,
        "adamw",
    )
    torch_trajectory(
        lambda p: Adafactor(p, lr=1.0, relative_step=False, scale_parameter=False, weight_decay=WEIGHT_DECAY),
        results,
        "adafactor",
    )
    torch_trajectory(lambda p: Lion(p, betas=(BETA1, 0.99), weight_decay=WEIGHT_DECAY), results, "lion")
    torch_trajectory(prodigy, results, "prodigy")
    bowl(results)
    torch_trajectory(
        lambda p: schedulefree.AdamWScheduleFree(p, betas=(BETA1, BETA2), eps=EPSILON, weight_decay=WEIGHT_DECAY),
        results,
        "adamw_schedule_free",
    )
    schedule_free(results)
    groups(results)
    lora_plus(results)
    averages(results)
    schedules()
    for name in SHAPES:
        results[f"adamw8bit.{name}"] = adamw8bit(name)
    save_file(
        {name: np.array(value, order="C") for name, value in results.items()},
        pathlib.Path(__file__).with_name("reference.safetensors"),
    )


main()
