"""Writes states.safetensors, latents.safetensors and schedules.json. Run in this folder, with the folder of stable-diffusion-webui's
prompt_parser.py as the argument. Made with diffusers 0.40.0.dev0, transformers 5.18.0, compel 2.4.0, lark 1.3.1 and torch 2.13.0 on
a CPU.

states: text states of diffusers' encode_prompt with clip_skip, and of compel. latents: sampled by the UNets and schedulers of
diffusers with prompts that change, and with several prompts that are added. schedules: what webui's parser makes of prompts."""

import json
import pathlib
import sys

import diffusers
import torch
import transformers
from compel import Compel, ReturnedEmbeddingsType
from safetensors.torch import load_file, save_file

# diffusers and compel look for the last norm there, where transformers 5 has it no longer.
transformers.CLIPTextModel.text_model = property(lambda self: self)
sys.path.insert(0, sys.argv[1])
from prompt_parser import get_learned_conditioning_prompt_schedules, get_multicond_prompt_list

GOLDENS = pathlib.Path("../goldens")
FAMILIES = ["tiny-sd1", "tiny-sd2", "tiny-sdxl"]
SKIPPED = "a painting of a sks dog on the beach, in the style of van gogh"
# In compel's syntax; PromptReferenceTests has the same in the syntax of stable-diffusion-webui.
WEIGHTED = {
    "up": "a photo of a (red)1.4 dog, (blue)1.2",
    "down": "a photo of a (red)0.3 dog, (blue sky)0.7",
    "both": "a (photo)1.5 of a (red)0.5 (dog)1.3, (blue)0.0",
}
STEPS, SCALE = 8, 6.0
SCHEDULERS = {
    "ddim": (diffusers.DDIMScheduler, {"clip_sample": False}),
    "pndm": (diffusers.PNDMScheduler, {"skip_prk_steps": True}),
    "heun": (diffusers.HeunDiscreteScheduler, {}),
}
PROMPTS = {
    "plain": ("a photo of sks dog", "blurry"),
    "change": ("a photo of [a cat:sks dog:0.5] [on the beach:3]", "[blurry::2]"),
    "turns": ("a photo of [sks dog|a [red:blue:5] cat|]", "[blurry|]"),
    "and": ("a photo of sks dog :1.2 AND a [red|blue] cat :0.5 AND van gogh :-0.4", "blurry AND dark"),
}
SCHEDULES = [
    "test", "a [b:3]", "a [b: 3]", "a [[[b]]:2]", "[(a:2):3]", "a [b : c : 1] d", "a[b:[c:d:2]:1]e", "a [unbalanced", "a [b:.5] c",
    "((a][:b:c [d:3]", "[a|(b:1.1)]", "[fe|]male", "[fe|||]male", "[a:b:0]", "[a:b:12]", "[a:b:1.0]", "[a::2]", "[::2]", "[a:b]",
    "[a\\:b:c:3]", "[a\\|b|c]", "[[a|b]:c:2]", "[a|[b:c:3]]", "(x [a:b:3]:1.3)", "[a:b: .25 ]", "[a:b:1e0]", "[|a]", "a:b [c:2]",
    "\\[a:b:3\\]", "[a:\\3]", "[3:4:5]", "[a:(b:0.5):3]", "[a:b:0.29]", "a [b:[c|[d:e:0.9]]:0.3] (f [g|h]:1.2), [i] \\(j\\)",
    "a [mountain:lake:0.25] and [an oak:a tree:0.75][ in front::0.6][: behind:0.25] [bad:good:0.5]",
]
COMPOSED = ["a cat", "a cat AND a dog", "a cat :1.2 AND a dog:.5", "a AND b :-1. AND (c:1.2)", "ANDy AND bAND", "a: 2 AND b :+3", "a AND [b:c:3]"]


def states(family, pipe):
    found = {}
    xl = family.endswith("xl")
    for skip in range(4 if not xl else 3):
        if xl:
            context, _, pooled, _ = pipe.encode_prompt(SKIPPED, device="cpu", do_classifier_free_guidance=False, clip_skip=skip)
            found[f"{family}.skip{skip}.pooled"] = pooled
        else:
            context = pipe.encode_prompt(SKIPPED, "cpu", 1, False, clip_skip=skip)[0]
        found[f"{family}.skip{skip}"] = context
    if xl:
        compel = Compel([pipe.tokenizer, pipe.tokenizer_2], [pipe.text_encoder, pipe.text_encoder_2],
                        returned_embeddings_type=ReturnedEmbeddingsType.PENULTIMATE_HIDDEN_STATES_NON_NORMALIZED,
                        requires_pooled=[False, True])
    else:
        compel = Compel(pipe.tokenizer, pipe.text_encoder)
    for name, prompt in WEIGHTED.items():
        context = compel(prompt)
        found[f"{family}.{name}"] = context[0] if isinstance(context, tuple) else context
    if not xl:
        compel = Compel(pipe.tokenizer, pipe.text_encoder,
                        returned_embeddings_type=ReturnedEmbeddingsType.PENULTIMATE_HIDDEN_STATES_NORMALIZED)
        found[f"{family}.both.skip1"] = compel(WEIGHTED["both"])
    return {name: tensor.clone().contiguous() for name, tensor in found.items()}


def conditioning(pipe, prompt):
    """Context, and the further inputs of SDXL's UNet"""
    if isinstance(pipe, diffusers.StableDiffusionPipeline):
        return pipe.encode_prompt(prompt, "cpu", 1, False)[0], {}
    context, _, pooled, _ = pipe.encode_prompt(prompt, device="cpu", do_classifier_free_guidance=False)
    if not prompt:
        context, pooled = torch.zeros_like(context), torch.zeros_like(pooled)
    return context, {"text_embeds": pooled, "time_ids": torch.tensor([[64.0, 64.0, 0.0, 0.0, 64.0, 64.0]])}


def schedule(prompt, steps=STEPS):
    """The text of every step"""
    parts = get_learned_conditioning_prompt_schedules([prompt], steps)[0]
    return [next(part.cond for part in parts if step <= part.end_at_step) for step in range(1, steps + 1)]


def composed(prompt):
    """Texts with weights"""
    indexes, texts, _ = get_multicond_prompt_list([prompt])
    return [(texts[index], weight) for index, weight in indexes[0]]


def sample(pipe, scheduler, latents, prompt, negative):
    scheduler.set_timesteps(STEPS)
    latents = latents * scheduler.init_noise_sigma
    parts = [(schedule(text), weight) for text, weight in composed(prompt)]
    negatives = schedule(negative)
    calls = len(scheduler.timesteps)
    for call, t in enumerate(scheduler.timesteps):
        step = call * STEPS // calls
        entered = scheduler.scale_model_input(latents, t)

        def predicted(text):
            context, added = conditioning(pipe, text)
            return pipe.unet(entered, t, encoder_hidden_states=context, added_cond_kwargs=added).sample

        unconditional = predicted(negatives[step])
        total = unconditional
        for texts, weight in parts:
            total = total + weight * SCALE * (predicted(texts[step]) - unconditional)
        latents = scheduler.step(total, t, latents, return_dict=False)[0]
    return latents


@torch.no_grad()
def main():
    made = {str(steps): {prompt: schedule(prompt, steps) for prompt in SCHEDULES} for steps in [1, 10, 33]}
    pathlib.Path("schedules.json").write_text(
        json.dumps({"schedules": made, "composed": {prompt: composed(prompt) for prompt in COMPOSED}}, indent=1) + "\n")
    tensors, latents = {}, {}
    for family in FAMILIES:
        folder = GOLDENS / family
        pipe = diffusers.DiffusionPipeline.from_pretrained(folder / "model", torch_dtype=torch.float32)
        tensors |= states(family, pipe)
        start = load_file(folder / "tensors.safetensors")["pipeline.latents"][:1]
        for name, (kind, options) in SCHEDULERS.items():
            for case, (prompt, negative) in PROMPTS.items():
                scheduler = kind.from_config(pipe.scheduler.config, **options)
                latents[f"{family}.{name}.{case}"] = sample(pipe, scheduler, start, prompt, negative).contiguous()
    save_file(tensors, "states.safetensors")
    save_file(latents, "latents.safetensors")


main()
