"""Writes reference.safetensors: latents that are sampled with guidance in an interval of noise levels, with the UNets, text
encoders and schedulers of diffusers, and the noise level of every call of the UNet. Run in this folder. Made with diffusers
0.40.0.dev0, transformers 5.18.0 and torch 2.13.0 on a CPU. Prompts and initial latents are those of the case "pipeline" of
../goldens. GuidanceIntervalReferenceTests samples the same in Java."""

import json
import pathlib

import diffusers
import torch
from safetensors.torch import load_file, save_file

GOLDENS = pathlib.Path("../goldens")
STEPS, SCALE = 8, 6.0
LOW, HIGH = 0.5, 4.0
SCHEDULERS = {
    "ddim": diffusers.DDIMScheduler,
    "pndm": diffusers.PNDMScheduler,
    "euler": diffusers.EulerDiscreteScheduler,
    "heun": diffusers.HeunDiscreteScheduler,
    "dpmpp_2m": diffusers.DPMSolverMultistepScheduler,
    "unipc": diffusers.UniPCMultistepScheduler,
}
# As the pipelines of Stable Diffusion set them.
OPTIONS = {"ddim": {"clip_sample": False}, "pndm": {"skip_prk_steps": True}}


def level(scheduler, call, t):
    """sqrt((1 - alpha-bar) / alpha-bar) of a call of the UNet"""
    if hasattr(scheduler, "sigmas"):
        return float(scheduler.sigmas[call])
    alpha_bar = scheduler.alphas_cumprod[int(t)]
    return float(((1 - alpha_bar) / alpha_bar) ** 0.5)


def conditioning(pipe, prompt):
    """Context, and the further inputs of SDXL's UNet"""
    if isinstance(pipe, diffusers.StableDiffusionPipeline):
        return pipe.encode_prompt(prompt, "cpu", 1, False)[0], {}
    context, _, pooled, _ = pipe.encode_prompt(prompt, device="cpu", do_classifier_free_guidance=False)
    return context, {"text_embeds": pooled, "time_ids": torch.tensor([[64.0, 64.0, 0.0, 0.0, 64.0, 64.0]])}


def sample(pipe, scheduler, latents, prompt, negative):
    scheduler.set_timesteps(STEPS)
    latents = latents * scheduler.init_noise_sigma
    levels = []
    for call, t in enumerate(scheduler.timesteps):
        levels.append(level(scheduler, call, t))
        entered = scheduler.scale_model_input(latents, t)
        context, added = conditioning(pipe, prompt)
        predicted = pipe.unet(entered, t, encoder_hidden_states=context, added_cond_kwargs=added).sample
        if LOW < levels[-1] <= HIGH:
            context, added = conditioning(pipe, negative)
            unconditional = pipe.unet(entered, t, encoder_hidden_states=context, added_cond_kwargs=added).sample
            predicted = unconditional + SCALE * (predicted - unconditional)
        latents = scheduler.step(predicted, t, latents, return_dict=False)[0]
    return latents, levels


@torch.no_grad()
def main():
    tensors = {}
    for family in ["tiny-sd1", "tiny-sd2", "tiny-sdxl"]:
        folder = GOLDENS / family
        cases = json.loads((folder / "cases.json").read_text())["cases"]
        settings = next(case["settings"] for case in cases if case["name"] == "pipeline")
        start = load_file(folder / "tensors.safetensors")["pipeline.latents"]
        pipe = diffusers.DiffusionPipeline.from_pretrained(folder / "model", torch_dtype=torch.float32)
        for name, kind in SCHEDULERS.items():
            found = []
            for i, prompt in enumerate(settings["prompts"]):
                scheduler = kind.from_config(pipe.scheduler.config, **OPTIONS.get(name, {}))
                latents, levels = sample(pipe, scheduler, start[i : i + 1], prompt, settings["negative"][i])
                found.append(latents)
            tensors[f"{family}.{name}"] = torch.cat(found).contiguous()
            tensors[f"{family}.{name}.levels"] = torch.tensor(levels)
            print(family, name, [round(it, 3) for it in levels], sum(LOW < it <= HIGH for it in levels))
    save_file(tensors, "reference.safetensors")


main()
