"""Does a workload of the benchmark in diffusers: the same inputs, and the same measurements as JSON.

    python peer.py MODE TASK OUT

MODE is `same` for exactly the work that Likeness does, `compile` for the same through torch.compile, or `script` for training steps as diffusers' own training scripts take them,
which encode the pictures and the prompts in every step. TASK is the file with a task that the benchmark writes, and OUT is the file
for the measurements. src/docs/performance.md says how to run both sides in turns; requirements.txt names the packages. Runs outside
the build.
"""

import json
import os
import platform
import statistics
import sys
import time
from pathlib import Path

STARTED = time.time() - float(Path("/proc/uptime").read_text().split()[0])
STARTED += int(Path("/proc/self/stat").read_text().rsplit(")", 1)[1].split()[19]) / os.sysconf("SC_CLK_TCK")

import torch
import torch.nn.functional as F
from safetensors.torch import load_file

# torch.compile's default.
COMPILER = os.environ.get("PEER_COMPILER", "inductor")

PRECISIONS = {"fp32": torch.float32, "bf16": torch.bfloat16, "fp16": torch.float16}


class Usage:
    """What this process has used so far, from proc(5)."""

    def __init__(self):
        self.wall = time.perf_counter()
        fields = Path("/proc/self/stat").read_text().rsplit(")", 1)[1].split()
        self.faults = int(fields[7])
        self.cpu = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
        machine = [int(each) for each in Path("/proc/stat").read_text().splitlines()[0].split()[1:9]]
        self.machine = (sum(machine) - machine[3] - machine[4]) / os.sysconf("SC_CLK_TCK")


def peak_resident():
    """Bytes."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) * 1024
    return 0


class Recorder:
    """Measures the steps. The first ones are warm-up."""

    def __init__(self, effort):
        self.effort = effort
        self.device = torch.device(effort["device"])
        self.free = self.free_memory()
        self.seconds = []
        self.losses = []
        self.difference = None
        self.parts = {}
        self.done = 0

    def free_memory(self):
        return torch.cuda.mem_get_info(self.device)[0] if self.device.type == "cuda" else 0

    def synchronize(self):
        if self.device.type == "cuda":
            torch.cuda.synchronize(self.device)

    def starts(self):
        if self.done == self.effort["warmup"]:
            self.before = peak_resident()
            Path("/proc/self/clear_refs").write_text("5")
            self.start = Usage()
        self.began = time.perf_counter()

    def ends(self):
        self.synchronize()
        took = time.perf_counter() - self.began
        self.done += 1
        if self.done == 1:
            self.first = time.time() - STARTED
            self.first_cpu = Usage().cpu
        if self.done > self.effort["warmup"]:
            self.seconds.append(took)
        if self.done == self.effort["warmup"] + self.effort["steps"]:
            self.end = Usage()
            self.device_peak = self.free - self.free_memory() if self.device.type == "cuda" else None

    def sample(self, mode):
        import diffusers
        import transformers

        cpu = self.end.cpu - self.start.cpu
        peak = peak_resident()
        return {
            "stepSeconds": self.seconds,
            "losses": self.losses,
            "difference": self.difference,
            "parts": self.parts,
            "firstStepSeconds": self.first,
            "firstStepCpuSeconds": self.first_cpu,
            "used": {
                "wallSeconds": self.end.wall - self.start.wall,
                "cpuSeconds": cpu,
                "minorFaults": self.end.faults - self.start.faults,
                "othersCpuSeconds": max(0.0, self.end.machine - self.start.machine - cpu),
            },
            "peak": {"resident": max(self.before, peak), "residentSteps": peak, "device": self.device_peak},
            "versions": {
                "engine": f"diffusers {diffusers.__version__}, {mode}",
                "torch": torch.__version__,
                "transformers": transformers.__version__,
                "python": platform.python_version(),
                "kernel": platform.release(),
            },
        }


class Model:
    """The parts of a model's folder, loaded when they are needed, in fp32."""

    def __init__(self, task):
        self.folder = Path(task["folder"])
        self.device = task["effort"]["device"]

    def unet(self, dtype=torch.float32):
        from diffusers import UNet2DConditionModel

        return UNet2DConditionModel.from_pretrained(self.folder / "unet", torch_dtype=dtype).to(self.device)

    def vae(self):
        from diffusers import AutoencoderKL

        return AutoencoderKL.from_pretrained(self.folder / "vae", torch_dtype=torch.float32).to(self.device).requires_grad_(False)

    def text_encoders(self):
        from transformers import CLIPTextModel, CLIPTextModelWithProjection

        found = []
        for name, kind in (("text_encoder", CLIPTextModel), ("text_encoder_2", CLIPTextModelWithProjection)):
            if (self.folder / name).exists():
                encoder = kind.from_pretrained(self.folder / name, dtype=torch.float32).to(self.device)
                found.append(encoder.requires_grad_(False))
        return found

    def noise(self, timesteps_of=None):
        """DDIM on the model's own schedule."""
        from diffusers import DDIMScheduler

        config = json.loads((self.folder / "scheduler" / "scheduler_config.json").read_text())
        known = ("beta_start", "beta_end", "beta_schedule", "num_train_timesteps", "prediction_type", "steps_offset", "timestep_spacing",
                 "set_alpha_to_one", "rescale_betas_zero_snr")
        return DDIMScheduler(clip_sample=False, **{key: config[key] for key in known if key in config})

    def xl(self):
        return (self.folder / "text_encoder_2").exists()


def condition(encoders, ids, rows=None):
    """Context and pooled states of prompts, as the pipelines of Stable Diffusion and Stable Diffusion XL have them."""
    if len(encoders) == 1:
        return encoders[0](ids[0]).last_hidden_state, None
    outputs = [encoder(each, output_hidden_states=True) for encoder, each in zip(encoders, ids)]
    return torch.cat([each.hidden_states[-2] for each in outputs], -1), outputs[1].text_embeds


class TokenEmbedding(torch.nn.Module):
    """A table whose rows from the vocabulary's end on are the learned ones."""

    def __init__(self, table, rows):
        super().__init__()
        self.table = table
        self.rows = rows

    def forward(self, ids):
        known = self.table.shape[0]
        learned = F.embedding((ids - known).clamp(min=0), self.rows)
        return torch.where((ids >= known)[..., None], learned, F.embedding(ids.clamp(max=known - 1), self.table))


def embedding_of(encoder):
    """The module that holds a text encoder's token embedding, in transformers before and since 5."""
    return getattr(encoder, "text_model", encoder).embeddings


class Training:
    """Training steps of one method."""

    def __init__(self, model, notes, tensors, mode, task):
        self.notes, self.tensors, self.mode, self.model = notes, tensors, mode, model
        self.dtype = PRECISIONS[notes["precision"]]
        frozen = notes["method"] != "full"
        # The scripts cast frozen weights to the precision of the computation.
        self.unet = model.unet(self.dtype if frozen else torch.float32)
        self.noise = model.noise()
        # Whether the states of the prompts change during training.
        self.learns_text = notes["method"] == "ti" or notes["text"]
        self.encoders = model.text_encoders() if mode == "script" or self.learns_text else []
        self.vae = model.vae() if mode == "script" else None
        self.ids = [tensors[f"ids.{i}"] for i in range(2) if f"ids.{i}" in tensors]
        self.parameters = getattr(self, notes["method"])(task)
        if notes["checkpointing"]:
            self.unet.enable_gradient_checkpointing()
            for encoder in self.encoders if self.learns_text else []:
                encoder.gradient_checkpointing_enable()
                encoder.train()
        self.unet.train()
        if mode == "compile":
            self.unet.compile(backend=COMPILER)
        self.optimizer = torch.optim.AdamW(
            self.parameters,
            lr=notes["learning_rate"],
            betas=tuple(notes["betas"]),
            weight_decay=notes["weight_decay"],
            eps=notes["epsilon"],
        )
        self.scaler = torch.amp.GradScaler(model.device) if notes["precision"] == "fp16" else None

    def full(self, task):
        trained = [self.unet, *(self.encoders if self.notes["text"] else [])]
        return [each for network in trained for each in network.requires_grad_(True).parameters()]

    def lora(self, task):
        self.unet.requires_grad_(False)
        parameters = self.adapt(self.unet, "initial.", task["size"]["rank"], ["to_k", "to_q", "to_v", "to_out.0"])
        for number, encoder in enumerate(self.encoders if self.notes["text"] else []):
            targets = ["q_proj", "k_proj", "v_proj", "out_proj"]
            parameters += self.adapt(encoder, f"initial.text.{number}.", task["size"]["rank"], targets)
        assert len(parameters) == sum(1 for name in self.tensors if name.startswith("initial."))
        return parameters

    def adapt(self, network, prefix, rank, targets):
        """Adds an adapter. The result is its parameters."""
        from peft import LoraConfig

        network.add_adapter(LoraConfig(r=rank, lora_alpha=rank, target_modules=targets))
        # transformers 5 has no module text_model.
        initial = {name.replace("text_model.", ""): each for name, each in self.tensors.items() if name.startswith(prefix)}
        learned = {name.replace("text_model.", ""): each for name, each in network.named_parameters() if each.requires_grad}
        for name, parameter in learned.items():
            # As in the scripts, what learns is fp32.
            parameter.data = parameter.data.float()
            kind = "down" if "lora_A" in name else "up"
            layer = name.split(".lora_")[0]
            parameter.data.copy_(initial[f"{prefix}{layer}.lora.{kind}.weight"].reshape(parameter.shape))
        return list(learned.values())

    def ti(self, task):
        self.unet.requires_grad_(False)
        rows = []
        for number, encoder in enumerate(self.encoders):
            holder = embedding_of(encoder)
            row = torch.nn.Parameter(self.tensors[f"initial.token.{number}"].clone())
            holder.token_embedding = TokenEmbedding(holder.token_embedding.weight.data, row)
            rows.append(row)
        return rows

    def step(self, number):
        size = self.notes["batch"]
        rows = slice(number * size, (number + 1) * size)
        texts = self.notes["prompt_of"][rows]
        noise, timesteps = self.tensors["noise"][rows], self.tensors["timesteps"][rows].long()
        latents = self.latents(number, size) if self.mode == "script" else self.tensors["latents"][rows]
        noisy = self.noise.add_noise(latents, noise, timesteps)
        if self.noise.config.prediction_type == "epsilon":
            target = noise
        elif self.noise.config.prediction_type == "v_prediction":
            target = self.noise.get_velocity(latents, noise, timesteps)
        else:
            target = latents
        with torch.autocast(self.model.device.split(":")[0], dtype=self.dtype, enabled=self.dtype != torch.float32):
            context, pooled = self.texts(texts)
            more = {}
            if pooled is not None:
                # Ours: original size, crop, target size.
                more = {"added_cond_kwargs": {"text_embeds": pooled, "time_ids": self.tensors["sizes"][rows]}}
            prediction = self.unet(noisy, timesteps, encoder_hidden_states=context, **more).sample
        errors = F.mse_loss(prediction.float(), target.float(), reduction="none").mean([1, 2, 3])
        loss = (errors * self.tensors["weights"][rows]).sum()
        self.update(loss)
        return loss.item()

    def latents(self, number, size):
        """A batch of pictures, encoded."""
        pictures = self.tensors["pictures"]
        batch = torch.stack([pictures[(number * size + i) % len(pictures)] for i in range(size)])
        with torch.no_grad():
            return self.vae.encode(batch).latent_dist.sample() * self.vae.config.scaling_factor

    def texts(self, which):
        """The conditioning of the batch's prompts."""
        if self.learns_text:
            different = sorted(set(which)) if self.mode != "script" else which
            context, pooled = condition(self.encoders, [each[different] for each in self.ids])
            if self.mode != "script":
                index = [different.index(each) for each in which]
                context, pooled = context[index], None if pooled is None else pooled[index]
            return context, pooled
        if self.mode == "script":
            with torch.no_grad():
                return condition(self.encoders, [each[which] for each in self.ids])
        pooled = self.tensors.get("pooled")
        return self.tensors["context"][which], None if pooled is None else pooled[which]

    def update(self, loss):
        limit = self.notes["max_gradient_norm"]
        if self.scaler is None:
            loss.backward()
            torch.nn.utils.clip_grad_norm_(self.parameters, limit)
            self.optimizer.step()
        else:
            self.scaler.scale(loss).backward()
            self.scaler.unscale_(self.optimizer)
            torch.nn.utils.clip_grad_norm_(self.parameters, limit)
            self.scaler.step(self.optimizer)
            self.scaler.update()
        self.optimizer.zero_grad(set_to_none=True)


def train(model, notes, tensors, mode, task, recorder):
    training = Training(model, notes, tensors, mode, task)
    for number in range(task["effort"]["warmup"] + task["effort"]["steps"]):
        recorder.starts()
        loss = training.step(number)
        recorder.ends()
        # The scripts draw their own latents, so that their losses say nothing about ours.
        if mode != "script":
            recorder.losses.append(loss)


def difference(found, expected):
    """The largest difference, as a share of the expected values' largest magnitude."""
    return ((found - expected).abs().max() / expected.abs().max()).item()


def sample(model, notes, tensors, mode, task, recorder):
    noise = model.noise()
    unet = model.unet().eval()
    if mode == "compile":
        unet.compile(backend=COMPILER)
    count = len(tensors["noise"])
    noise.set_timesteps(task["effort"]["warmup"] + task["effort"]["steps"])
    halves = [tensors[f"{half}.context"].expand(count, -1, -1) for half in ("unconditional", "conditional")]
    more = {}
    if "conditional.pooled" in tensors:
        pooled = torch.cat([tensors[f"{half}.pooled"].expand(count, -1) for half in ("unconditional", "conditional")])
        sizes = torch.tensor([[notes["side"], notes["side"], 0, 0, notes["side"], notes["side"]]] * (2 * count))
        more = {"added_cond_kwargs": {"text_embeds": pooled, "time_ids": sizes.to(model.device).float()}}
    context = torch.cat(halves)
    latents = tensors["noise"] * noise.init_noise_sigma
    with torch.no_grad():
        for t in noise.timesteps:
            recorder.starts()
            both = noise.scale_model_input(torch.cat([latents] * 2), t)
            unconditional, conditional = unet(both, t, encoder_hidden_states=context, **more).sample.chunk(2)
            predicted = unconditional + notes["guidance"] * (conditional - unconditional)
            latents = noise.step(predicted, t, latents).prev_sample
            recorder.ends()
        vae = model.vae()
        images = vae.decode(latents / vae.config.scaling_factor).sample.div(2).add(0.5).clamp(0, 1)
    pixels = images.permute(0, 2, 3, 1).mul(255).round()
    recorder.difference = (pixels - tensors["expected"].float()).abs().mean().item() / 255


def repeat(task, recorder, work):
    found = None
    with torch.no_grad():
        for _ in range(task["effort"]["warmup"] + task["effort"]["steps"]):
            recorder.starts()
            found = work()
            recorder.ends()
    return found


def vae_encode(model, notes, tensors, mode, task, recorder):
    vae = model.vae()
    found = repeat(task, recorder, lambda: vae.encode(tensors["pictures"]).latent_dist.mean)
    recorder.difference = difference(found, tensors["expected"])


def vae_decode(model, notes, tensors, mode, task, recorder):
    vae = model.vae()
    scale = vae.config.scaling_factor
    found = repeat(task, recorder, lambda: vae.decode(tensors["latents"] / scale).sample.div(2).add(0.5).clamp(0, 1))
    recorder.difference = difference(found, tensors["expected"])


def text(model, notes, tensors, mode, task, recorder):
    encoders = model.text_encoders()
    ids = [tensors[f"ids.{i}"] for i in range(len(encoders))]
    found = repeat(task, recorder, lambda: condition(encoders, ids)[0])
    recorder.difference = difference(found, tensors["expected"])


def matmul(model, notes, tensors, mode, task, recorder):
    a, b = (torch.ones(shape, device=model.device) for shape in notes["shapes"])
    repeat(task, recorder, lambda: torch.matmul(a, b))


def convolution(model, notes, tensors, mode, task, recorder):
    a, b = (torch.ones(shape, device=model.device) for shape in notes["shapes"])
    repeat(task, recorder, lambda: F.conv2d(a, b, padding=1))


def copy(model, notes, tensors, mode, task, recorder):
    a, b = (torch.ones(shape, device=model.device) for shape in notes["shapes"])
    repeat(task, recorder, lambda: a.copy_(b))


def score(model, notes, tensors, mode, task, recorder):
    from transformers import CLIPImageProcessor, CLIPVisionModelWithProjection

    folder = model.folder / "clip"
    encoder = CLIPVisionModelWithProjection.from_pretrained(folder, dtype=torch.float32).to(model.device)
    processor = CLIPImageProcessor.from_pretrained(folder)
    pictures = list(tensors["pictures"].cpu().numpy())

    def embed():
        prepared = processor(images=pictures, return_tensors="pt")["pixel_values"]
        return encoder(prepared.to(model.device)).image_embeds

    found = repeat(task, recorder, embed)
    recorder.difference = difference(found, tensors["expected"])


def guided(model, unet, noise, states, count, notes):
    """Latents of one prompt, by DDIM with guidance."""
    noise.set_timesteps(notes["sampler_steps"])
    factor = 2 ** (len(json.loads((model.folder / "vae" / "config.json").read_text())["block_out_channels"]) - 1)
    shape = (count, unet.config.in_channels, notes["side"] // factor, notes["side"] // factor)
    latents = torch.randn(shape, device=model.device) * noise.init_noise_sigma
    context = torch.cat([each.expand(count, -1, -1) for each in states])
    for t in noise.timesteps:
        both = noise.scale_model_input(torch.cat([latents] * 2), t)
        unconditional, conditional = unet(both, t, encoder_hidden_states=context).sample.chunk(2)
        latents = noise.step(unconditional + notes["guidance"] * (conditional - unconditional), t, latents).prev_sample
    return latents


def job(model, notes, tensors, mode, task, recorder):
    """A whole job as diffusers' train_dreambooth.py does it: class images, training with prior preservation, images."""
    recorder.effort = dict(task["effort"], warmup=0, steps=1)
    recorder.starts()
    # The job began with the process.
    recorder.began -= time.time() - STARTED
    recorder.start.wall -= time.time() - STARTED
    recorder.start.cpu = recorder.start.faults = 0
    unet, vae, encoders, noise = model.unet(), model.vae(), model.text_encoders(), model.noise()
    ids = [tensors[f"ids.{i}"] for i in range(len(encoders))]
    empty, plain, instance, *prompts = ([each[i : i + 1] for each in ids] for i in range(5))
    prompts = [instance, *prompts]
    recorder.parts["loading"] = time.time() - STARTED

    def images(text, count):
        with torch.no_grad():
            states = [condition(encoders, each)[0] for each in (empty, text)]
            latents = guided(model, unet, noise, states, count, notes)
            return vae.decode(latents / vae.config.scaling_factor).sample.clamp(-1, 1)

    began = time.time()
    size = notes["batch"]
    prior = torch.cat([images(plain, min(size, notes["prior_images"] - done)) for done in range(0, notes["prior_images"], size)])
    recorder.parts["prior"] = time.time() - began
    began = time.time()
    parameters = list(unet.requires_grad_(True).train().parameters())
    optimizer = torch.optim.AdamW(parameters, lr=notes["learning_rate"], weight_decay=0.01)
    first = None
    for step in range(notes["steps"]):
        chosen = [tensors["pictures"][(step * size + i) % len(tensors["pictures"])] for i in range(size)]
        chosen += [prior[(step * size + i) % len(prior)] for i in range(size)]
        with torch.no_grad():
            latents = vae.encode(torch.stack(chosen)).latent_dist.sample() * vae.config.scaling_factor
            context = condition(encoders, [torch.cat([a.expand(size, -1), b.expand(size, -1)]) for a, b in zip(instance, plain)])[0]
        drawn = torch.randn_like(latents)
        timesteps = torch.randint(0, noise.config.num_train_timesteps, (2 * size,), device=model.device)
        prediction = unet(noise.add_noise(latents, drawn, timesteps), timesteps, encoder_hidden_states=context).sample
        target = noise.get_velocity(latents, drawn, timesteps) if noise.config.prediction_type == "v_prediction" else drawn
        loss = F.mse_loss(prediction[:size], target[:size]) + F.mse_loss(prediction[size:], target[size:])
        loss.backward()
        torch.nn.utils.clip_grad_norm_(parameters, 1.0)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        loss.item()
        first = first or time.time() - STARTED
    recorder.parts["training"] = time.time() - began
    recorder.parts["first_step"] = first
    began = time.time()
    unet.requires_grad_(False).eval()
    for text in prompts:
        images(text, notes["images_per_prompt"])
    recorder.parts["sampling"] = time.time() - began
    recorder.ends()
    recorder.first = first


KINDS = {"matmul": matmul, "convolution": convolution, "copy": copy, "job": job, "train": train, "sample": sample, "vae-encode": vae_encode, "vae-decode": vae_decode, "text": text, "score": score}


def main():
    mode, task_file, out = sys.argv[1:]
    task = json.loads(Path(task_file).read_text())
    torch.set_num_threads(task["effort"]["threads"])
    inputs = Path(task["inputs"])
    notes = json.loads((inputs / "inputs.json").read_text())
    device = task["effort"]["device"]
    tensors = {name: each.to(device) for name, each in load_file(inputs / "inputs.safetensors").items()}
    recorder = Recorder(task["effort"])
    KINDS[notes["kind"]](Model(task), notes, tensors, mode, task, recorder)
    measured = recorder.sample(mode)
    Path(out).write_text(json.dumps(measured))
    print(f"{task['workload']}: {statistics.median(measured['stepSeconds']):.4f} s a step")


if __name__ == "__main__":
    main()
