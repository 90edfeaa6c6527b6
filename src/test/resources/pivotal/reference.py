"""Writes reference.safetensors: losses, embeddings and adapters of 20 steps of pivotal tuning, with diffusers' and transformers' modules,
peft's LoRA and TokenEmbeddingsHandler of diffusers' advanced DreamBooth script, on the small models of ../goldens. In `concurrent` the
embeddings stop at the pivot, and the adapter is trained in every step; in `sequential` it begins at the pivot, as in cloneofsimo's
lora_pti. Differences to the advanced script: the standard deviation is that of the table without the new tokens, the gradient's norm
counts what the step trains only, and the embeddings stay exactly the same after the pivot.
Run in this folder, with the path of a checkout of huggingface/diffusers as argument. Made with diffusers 0.40.0.dev0, transformers
5.18.0, peft 0.21.0 and torch 2.13.0 on a CPU. PivotalReferenceTests computes the same in Java."""

import ast
import json
import pathlib
import sys
import typing

import diffusers
import torch
import torch.nn.functional as F
from diffusers.optimization import get_scheduler
from peft import LoraConfig
from safetensors.torch import load_file, save_file

GOLDENS = pathlib.Path("../goldens")
SCRIPT = "examples/advanced_diffusion_training/train_dreambooth_lora_sd15_advanced.py"
STEPS = 20
PIVOT = 10
TOKENS = ["<sks>", "<sks>_1"]
PROMPTS = ["a photo of a <sks> <sks>_1", "a photo of a dog"]
RATE = 2e-3
RATE_OF_EMBEDDINGS = 5e-3


def handler_class(checkout):
    """TokenEmbeddingsHandler of the script, without its imports"""
    tree = ast.parse((checkout / SCRIPT).read_text())
    wanted = [it for it in tree.body if isinstance(it, ast.ClassDef) and it.name == "TokenEmbeddingsHandler"]
    space = {"torch": torch, "Optional": typing.Optional, "List": typing.List, "save_file": save_file}
    exec(compile(ast.Module(wanted, []), SCRIPT, "exec"), space)
    return space["TokenEmbeddingsHandler"]


def table(encoder):
    return encoder.get_input_embeddings().weight


def encoded(pipe, encoders):
    ids = pipe.tokenizer(PROMPTS, padding="max_length", max_length=77, truncation=True, return_tensors="pt").input_ids
    if len(encoders) == 1:
        return encoders[0](ids)[0], {}
    outputs = [it(ids, output_hidden_states=True) for it in encoders]
    context = torch.cat([it.hidden_states[-2] for it in outputs], dim=-1)
    sizes = torch.tensor([[64.0, 64.0, 0.0, 0.0, 64.0, 64.0]]).repeat(2, 1)
    return context, {"text_embeds": outputs[1].text_embeds, "time_ids": sizes}


def run(handler_type, family, sequential, inputs, tensors):
    folder = GOLDENS / family
    pipe = diffusers.DiffusionPipeline.from_pretrained(folder / "model", torch_dtype=torch.float32, safety_checker=None)
    noise_scheduler = diffusers.DDPMScheduler.from_config(pipe.scheduler.config)
    encoders = [pipe.text_encoder] + ([pipe.text_encoder_2] if hasattr(pipe, "text_encoder_2") else [])
    for module in [pipe.unet, *encoders]:
        module.requires_grad_(False)
    deviations = [table(it).std() for it in encoders]
    handler = handler_type(encoders, [pipe.tokenizer] * len(encoders))
    handler.initialize_new_tokens(TOKENS)
    initial = load_file(folder / "tensors.safetensors")
    start = initial["ti.init_id"].item()
    for i, encoder in enumerate(encoders):
        handler.embeddings_settings[f"std_token_embedding_{i}"] = deviations[i]
        table(encoder).data[handler.train_ids] = table(encoder).data[start].clone()

    pipe.unet.add_adapter(
        LoraConfig(r=4, lora_alpha=4, target_modules=["to_q", "to_k", "to_v", "to_out.0"], init_lora_weights=False)
    )
    adapter = {}
    for name, parameter in pipe.unet.named_parameters():
        if ".lora_" in name:
            key = name.replace(".default", "")
            parameter.data.copy_(initial["lora.init." + key])
            adapter[key] = parameter
    optimizer = torch.optim.AdamW(
        [
            {"params": list(adapter.values()), "lr": RATE},
            {"params": [table(it) for it in encoders], "lr": RATE_OF_EMBEDDINGS},
        ],
        betas=(0.9, 0.999),
        weight_decay=0.01,
        eps=1e-4,
    )
    lowering = torch.optim.SGD([torch.zeros(1)], lr=RATE_OF_EMBEDDINGS)
    schedule = get_scheduler("cosine", lowering, num_warmup_steps=0, num_training_steps=PIVOT)
    losses = []
    for step in range(STEPS):
        with_rows = step < PIVOT
        with_adapter = not sequential or step >= PIVOT
        for encoder in encoders:
            table(encoder).requires_grad_(with_rows)
        for parameter in adapter.values():
            parameter.requires_grad_(with_adapter)
        optimizer.param_groups[1]["lr"] = schedule.get_last_lr()[0]

        latents, noise, t = inputs["latents"], inputs["noise"][step], inputs["timesteps"][step]
        context, added = encoded(pipe, encoders)
        noisy = noise_scheduler.add_noise(latents, noise, t)
        prediction = pipe.unet(noisy, t, encoder_hidden_states=context, added_cond_kwargs=added).sample
        velocity = noise_scheduler.config.prediction_type == "v_prediction"
        target = noise_scheduler.get_velocity(latents, noise, t) if velocity else noise
        prediction, prior = prediction.chunk(2)
        target, target_prior = target.chunk(2)
        loss = F.mse_loss(prediction, target) + F.mse_loss(prior, target_prior)
        loss.backward()
        losses.append(loss.detach())

        for i, encoder in enumerate(encoders):
            if with_rows:
                table(encoder).grad[handler.embeddings_settings[f"index_no_updates_{i}"]] = 0
        trained = [it for group in optimizer.param_groups for it in group["params"] if it.grad is not None]
        torch.nn.utils.clip_grad_norm_(trained, 1.0)
        optimizer.step()
        optimizer.zero_grad()
        if with_rows:
            handler.retract_embeddings()
            schedule.step()

    prefix = f"{family}.{'sequential' if sequential else 'concurrent'}."
    tensors[prefix + "losses"] = torch.stack(losses)
    for i, encoder in enumerate(encoders):
        tensors[f"{prefix}deviation.{i}"] = deviations[i].clone()
        tensors[f"{prefix}embeddings.{i}"] = table(encoder).data[handler.train_ids].clone()
    for key, parameter in adapter.items():
        tensors[f"{prefix}adapter.{key}"] = parameter.data.clone()
    print(prefix, losses[0].item(), losses[PIVOT].item(), losses[-1].item(), table(encoders[0]).data[handler.train_ids].std(), deviations)


def main():
    handler_type = handler_class(pathlib.Path(sys.argv[1]))
    generator = torch.Generator().manual_seed(7)
    inputs = {
        "latents": torch.randn((2, 4, 16, 16), generator=generator),
        "noise": torch.randn((STEPS, 2, 4, 16, 16), generator=generator),
        "timesteps": torch.randint(0, 1000, (STEPS, 2), generator=generator),
    }
    tensors = dict(inputs)
    for family in ["tiny-sd1", "tiny-sd2", "tiny-sdxl"]:
        for sequential in [False, True]:
            run(handler_type, family, sequential, inputs, tensors)
    save_file(tensors, "reference.safetensors")


main()
