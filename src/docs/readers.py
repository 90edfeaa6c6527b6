"""Loads LoRA files of Likeness with diffusers, and writes which of them do what they should.

    python readers.py FOLDER

FOLDER has a folder for each base model: `model` in the diffusers layout, and beside it the files that Likeness exported for it,
called NAMING-ENCODERS.safetensors (`diffusers-all`, `kohya-none`, ...). A file counts as loaded where the UNet and every text
encoder then compute what they compute with scale * up * down added to their weights, which is read out of the file of diffusers'
naming without any loader. Written for Markdown; runs outside the build.
"""

import datetime
import sys
from pathlib import Path

import diffusers
import peft
import torch
import transformers
from diffusers import DiffusionPipeline
from safetensors.torch import load_file

TOLERANCE = 1e-4


def outputs(pipeline):
    """What the networks say to fixed inputs."""
    found = {}
    ids = torch.arange(77).remainder(50)[None]
    with torch.no_grad():
        for name in ("text_encoder", "text_encoder_2"):
            encoder = getattr(pipeline, name, None)
            if encoder is not None:
                found[name] = encoder(ids, output_hidden_states=True).hidden_states[-2]
        unet = pipeline.unet
        sample = torch.linspace(-1, 1, unet.config.in_channels * 256).reshape(1, -1, 16, 16)
        context = torch.linspace(-1, 1, 77 * unet.config.cross_attention_dim).reshape(1, 77, -1)
        more = {}
        if getattr(unet.config, "addition_embed_type", None) == "text_time":
            width = unet.add_embedding.linear_1.in_features - 6 * unet.config.addition_time_embed_dim
            more = {"added_cond_kwargs": {"text_embeds": torch.ones(1, width), "time_ids": torch.ones(1, 6) * 64}}
        found["unet"] = unet(sample, 500, encoder_hidden_states=context, **more).sample
    return found


def expected(folder, encoders):
    """The networks' outputs with the file's products added to their weights."""
    pipeline = DiffusionPipeline.from_pretrained(folder / "model")
    tensors = load_file(folder / f"diffusers-{encoders}.safetensors")
    for key, down in tensors.items():
        if not key.endswith("down.weight"):
            continue
        up = tensors[key.replace("down.weight", "up.weight")]
        part, layer = key.split(".", 1)
        layer = layer.replace(".lora.down.weight", "").replace(".lora_linear_layer.down.weight", "")
        network = getattr(pipeline, part)
        modules = dict(network.named_modules())
        # Since transformers 5 the text encoders' layers have no text_model in front.
        module = modules.get(layer) or modules[layer.removeprefix("text_model.")]
        change = (up.flatten(1) @ down.flatten(1)).reshape(module.weight.shape)
        module.weight.data += change
    return outputs(pipeline)


def outcome(folder, file, encoders, plain, wanted):
    pipeline = DiffusionPipeline.from_pretrained(folder / "model")
    try:
        pipeline.load_lora_weights(folder, weight_name=file.name)
    except Exception as e:  # whatever the reader throws is the finding
        return f"no: {type(e).__name__}"
    found = outputs(pipeline)
    for part, value in wanted.items():
        error = (found[part] - value).abs().max().item()
        if error > TOLERANCE:
            ignored = torch.equal(found[part], plain[part])
            return f"no: {part} is {'as without it' if ignored else 'different'}"
    return "yes"


def main():
    root = Path(sys.argv[1])
    reader = f"diffusers {diffusers.__version__}, peft {peft.__version__}, transformers {transformers.__version__}"
    print(f"{datetime.date.today()}, torch {torch.__version__.split('+')[0]}")
    print("| reader | model | naming | layers of | loads |\n|---|---|---|---|---|")
    for folder in sorted(path.parent for path in root.glob("*/model")):
        plain = outputs(DiffusionPipeline.from_pretrained(folder / "model"))
        for file in sorted(folder.glob("*.safetensors")):
            naming, encoders = file.stem.split("-")
            parts = "UNet and text encoders" if encoders == "all" else "UNet"
            result = outcome(folder, file, encoders, plain, expected(folder, encoders))
            print(f"| {reader} | {folder.name} | {naming} | {parts} | {result} |", flush=True)


if __name__ == "__main__":
    main()
