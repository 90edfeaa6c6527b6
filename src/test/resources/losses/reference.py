"""Writes reference.safetensors: weights and losses of kohya's sd-scripts and of diffusers, pyramid noise of sd-scripts, the loss
and gradients of a UNet with all settings of the loss together, and latents sampled with rescaled guidance and from pure noise by
diffusers. Run in this folder, with the path of a checkout of kohya-ss/sd-scripts as argument. Made with sd-scripts
48d368fa557731ad0488c07304dfeba8c07910eb, diffusers 0.40.0.dev0, transformers 5.18.0 and torch 2.13.0 on a CPU.
LossReferenceTests and GuidanceRescaleReferenceTests compute the same in Java."""

import ast
import json
import math
import pathlib
import random
import sys
import types
import typing

import diffusers
import torch
from diffusers.training_utils import compute_snr
from safetensors.torch import load_file, save_file

GOLDENS = pathlib.Path("../goldens")
TIMESTEPS = [0, 1, 100, 500, 998, 999]
C = 0.1
SD = {"beta_start": 0.00085, "beta_end": 0.012, "beta_schedule": "scaled_linear", "num_train_timesteps": 1000}
SCHEDULERS = {
    "ddim": (diffusers.DDIMScheduler, {"clip_sample": False}),
    "euler": (diffusers.EulerDiscreteScheduler, {}),
    "euler_karras": (diffusers.EulerDiscreteScheduler, {"use_karras_sigmas": True}),
    "dpmpp_2m": (diffusers.DPMSolverMultistepScheduler, {}),
    "dpmpp_2m_karras": (diffusers.DPMSolverMultistepScheduler, {"use_karras_sigmas": True}),
    "unipc": (diffusers.UniPCMultistepScheduler, {}),
}


def functions(file, names):
    """Functions of a file, without its imports"""
    wanted = [it for it in ast.parse(file.read_text()).body if isinstance(it, ast.FunctionDef) and it.name in names]
    space = {"torch": torch, "math": math, "random": random, "argparse": types.SimpleNamespace(Namespace=None)}
    space |= {"Number": float, "DDPMScheduler": None, "Optional": typing.Optional}
    exec(compile(ast.Module(wanted, []), file.name, "exec"), space)
    return types.SimpleNamespace(**space)


def schedule(prediction, zero):
    scheduler = diffusers.DDPMScheduler(**SD, prediction_type=prediction, rescale_betas_zero_snr=zero)
    scheduler.all_snr = scheduler.alphas_cumprod / (1 - scheduler.alphas_cumprod)
    return scheduler


def weights(kohya, tensors):
    t = torch.tensor(TIMESTEPS)
    ones = torch.ones(len(TIMESTEPS))
    for name, prediction, zero in [
        ("epsilon", "epsilon", False),
        ("velocity", "v_prediction", False),
        ("velocity.zero", "v_prediction", True),
    ]:
        scheduler = schedule(prediction, zero)
        velocity = prediction == "v_prediction"
        # As in diffusers' train_dreambooth.py
        snr = compute_snr(scheduler, t)
        capped = torch.stack([snr, 5.0 * torch.ones_like(t)], dim=1).min(dim=1)[0]
        tensors[f"min_snr.diffusers.{name}"] = capped / (snr + 1 if velocity else snr)
        tensors[f"min_snr.kohya.{name}"] = kohya.apply_snr_weight(ones, t, scheduler, 5.0, velocity)
        tensors[f"debiased.{name}"] = kohya.apply_debiased_estimation(ones, t, scheduler, velocity)
        for kind in ["constant", "exponential", "snr"]:
            args = types.SimpleNamespace(loss_type="huber", huber_schedule=kind, huber_c=C, huber_scale=1.0)
            tensors[f"threshold.{kind}.{name}"] = kohya.get_huber_threshold_if_needed(args, t, scheduler)


def losses(kohya, tensors):
    generator = torch.Generator().manual_seed(1)
    prediction = torch.randn((3, 4, 8, 8), generator=generator)
    target = prediction + 0.3 * torch.randn(prediction.shape, generator=generator) ** 3
    threshold = torch.tensor([0.1, 0.5, 1.0])
    tensors |= {"loss.prediction": prediction, "loss.target": target, "loss.threshold": threshold}
    for kind in ["huber", "smooth_l1"]:
        leaf = prediction.double().requires_grad_(True)
        loss = kohya.conditional_loss(leaf, target.double(), kind, "none", threshold.double()).mean(dim=[1, 2, 3])
        loss.sum().backward()
        tensors[f"loss.{kind}"] = loss.detach().float()
        tensors[f"loss.{kind}.gradient"] = leaf.grad.float()


def pyramids(kohya, tensors):
    draws = torch.Generator().manual_seed(2)
    numbers = random.Random(2)
    for name, shape, iterations, discount in [
        ("square", (4, 16, 16), 6, 0.3),
        ("wide", (4, 9, 20), 10, 0.8),
        ("once", (4, 8, 8), 1, 0.5),
    ]:
        ratios, coarse = [], []

        def uniform():
            ratios.append(numbers.random())
            return ratios[-1]

        def normal(*size):
            coarse.append(torch.randn(size, generator=draws))
            return coarse[-1]

        noise = torch.randn((1, *shape), generator=draws)
        tensors[f"pyramid.{name}.noise"] = noise[0].clone()
        kohya.pyramid_noise_like.__globals__["random"] = types.SimpleNamespace(random=uniform)
        kohya.pyramid_noise_like.__globals__["torch"] = types.SimpleNamespace(
            nn=torch.nn, randn=normal, FloatTensor=torch.FloatTensor
        )
        tensors[f"pyramid.{name}"] = kohya.pyramid_noise_like(noise, "cpu", iterations, discount)[0]
        tensors[f"pyramid.{name}.ratios"] = torch.tensor(ratios, dtype=torch.float64)
        tensors[f"pyramid.{name}.coarse"] = torch.cat([it.flatten() for it in coarse])


def conditioning(pipe, prompt):
    """Context, and the further inputs of SDXL's UNet"""
    if isinstance(pipe, diffusers.StableDiffusionPipeline):
        return pipe.encode_prompt(prompt, "cpu", 1, False)[0], {}
    context, _, pooled, _ = pipe.encode_prompt(prompt, device="cpu", do_classifier_free_guidance=False)
    return context, {"text_embeds": pooled, "time_ids": torch.tensor([[64.0, 64.0, 0.0, 0.0, 64.0, 64.0]])}


def objective(kohya, tensors):
    """The loss of two pictures, one of them at pure noise, with the losses' settings together"""
    pipe = diffusers.DiffusionPipeline.from_pretrained(GOLDENS / "tiny-sd2/model", torch_dtype=torch.float32)
    context, _ = conditioning(pipe, "a photo of a dog")
    generator = torch.Generator().manual_seed(3)
    clean, noise, further = (torch.randn((2, 4, 16, 16), generator=generator) for _ in range(3))
    tensors |= {"objective.clean": clean, "objective.noise": noise, "objective.further": further}
    t = torch.tensor([999, 321])
    scheduler = schedule("v_prediction", True)
    noisy = scheduler.add_noise(clean, noise + 0.1 * further, t)
    target = scheduler.get_velocity(clean, noise, t)
    pipe.unet.requires_grad_(True)
    for kind in ["l2", "huber", "smooth_l1"]:
        pipe.unet.zero_grad()
        prediction = pipe.unet(noisy, t, encoder_hidden_states=context.detach().repeat(2, 1, 1)).sample
        args = types.SimpleNamespace(loss_type=kind, huber_schedule="snr", huber_c=C, huber_scale=1.0)
        threshold = kohya.get_huber_threshold_if_needed(args, t, scheduler)
        loss = kohya.conditional_loss(prediction, target, kind, "none", threshold).mean(dim=[1, 2, 3])
        loss = kohya.apply_snr_weight(loss, t, scheduler, 5.0, True)
        loss = kohya.apply_debiased_estimation(loss, t, scheduler, True)
        loss.mean().backward()
        norms = [it.grad.square().sum() for it in pipe.unet.parameters()]
        tensors[f"objective.{kind}"] = torch.stack([loss.mean().detach(), torch.stack(norms).sum().sqrt()])
        print(kind, tensors[f"objective.{kind}"])


def sample(pipe, scheduler, latents, text, negative, scale, rescale):
    scheduler.set_timesteps(8)
    latents = latents * scheduler.init_noise_sigma
    for t in scheduler.timesteps:
        entered = scheduler.scale_model_input(latents, t)
        context, added = text
        conditional = pipe.unet(entered, t, encoder_hidden_states=context, added_cond_kwargs=added).sample
        context, added = negative
        unconditional = pipe.unet(entered, t, encoder_hidden_states=context, added_cond_kwargs=added).sample
        predicted = unconditional + scale * (conditional - unconditional)
        if rescale > 0:
            rescaled = diffusers.pipelines.stable_diffusion.pipeline_stable_diffusion.rescale_noise_cfg
            predicted = rescaled(predicted, conditional, guidance_rescale=rescale)
        latents = scheduler.step(predicted, t, latents, return_dict=False)[0]
    return latents


@torch.no_grad()
def samples(tensors):
    for family in ["tiny-sd1", "tiny-sd2", "tiny-sdxl"]:
        folder = GOLDENS / family
        cases = json.loads((folder / "cases.json").read_text())["cases"]
        settings = next(case["settings"] for case in cases if case["name"] == "pipeline")
        start = load_file(folder / "tensors.safetensors")["pipeline.latents"]
        pipe = diffusers.DiffusionPipeline.from_pretrained(folder / "model", torch_dtype=torch.float32)
        texts = [conditioning(pipe, it) for it in settings["prompts"]]
        negatives = [conditioning(pipe, it) for it in settings["negative"]]
        for name, (kind, options) in SCHEDULERS.items():
            scheduler = kind.from_config(pipe.scheduler.config, **options)
            found = []
            for i in range(len(texts)):
                found.append(sample(pipe, scheduler, start[i : i + 1], texts[i], negatives[i], 6.0, 0.7))
            tensors[f"rescale.{family}.{name}"] = torch.cat(found).contiguous()
            if scheduler.config.prediction_type == "v_prediction":
                zero = kind.from_config(
                    pipe.scheduler.config, **options, rescale_betas_zero_snr=True, timestep_spacing="trailing"
                )
                tensors[f"zero.{family}.{name}"] = sample(
                    pipe, zero, start[:1], texts[0], negatives[0], 6.0, 0.7
                ).contiguous()


def main():
    scripts = pathlib.Path(sys.argv[1]) / "library"
    kohya = functions(
        scripts / "custom_train_functions.py", {"apply_snr_weight", "apply_debiased_estimation", "pyramid_noise_like"}
    )
    more = functions(scripts / "train_util.py", {"get_huber_threshold_if_needed", "conditional_loss"})
    kohya.get_huber_threshold_if_needed = more.get_huber_threshold_if_needed
    kohya.conditional_loss = more.conditional_loss
    tensors = {}
    weights(kohya, tensors)
    losses(kohya, tensors)
    objective(kohya, tensors)
    samples(tensors)
    pyramids(kohya, tensors)
    save_file(tensors, "reference.safetensors")


main()
