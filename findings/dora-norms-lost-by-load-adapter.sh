#!/usr/bin/env bash
# transformers' load_adapter drops the norms of a DoRA from the state that peft itself returns.
#
# peft's get_peft_model_state_dict names a DoRA's norms "….lora_magnitude_vector", without ".weight", and peft's
# set_peft_model_state_dict reads them back. A good guess expects transformers' load_adapter, which takes such a state, to
# read them too. Seen: the key is reported as UNEXPECTED and the norms as MISSING, no error is
# raised, and the norms stay those of the base weight. The low-rank factors are read. diffusers loads adapters of text
# encoders this way, so a text encoder's DoRA acts differently there.
#
# Fails when the outcome changes. Needs Python 3.10 to 3.13; PIP_* variables of the environment hold.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check torch==2.13.0 transformers==5.18.0 peft==0.21.0
"$folder/venv/bin/python" - <<'PYTHON'
import sys

import peft
import torch
import transformers
from peft import LoraConfig, get_peft_model_state_dict, set_peft_model_state_dict
from transformers import CLIPTextConfig, CLIPTextModel

transformers.logging.set_verbosity_error()
IDS = torch.arange(16)[None]
ADAPTER = LoraConfig(r=2, lora_alpha=2, use_dora=True, target_modules=["q_proj", "v_proj"])


def encoder():
    torch.manual_seed(0)
    return CLIPTextModel(CLIPTextConfig(
        vocab_size=50, hidden_size=32, intermediate_size=64, num_hidden_layers=2, num_attention_heads=4,
        max_position_embeddings=16))


def states(model):
    with torch.no_grad():
        return model(IDS).last_hidden_state


def norms(model):
    return [value.detach() for name, value in model.named_parameters() if "magnitude" in name]


trained = encoder()
trained.add_adapter(ADAPTER)
with torch.no_grad():
    for name, value in trained.named_parameters():
        if "lora_" in name:
            value.add_(torch.rand_like(value))
state = get_peft_model_state_dict(trained)

by_peft = encoder()
by_peft.add_adapter(ADAPTER)
set_peft_model_state_dict(by_peft, dict(state))
by_transformers = encoder()
by_transformers.load_adapter(peft_config=ADAPTER, adapter_state_dict=dict(state))


def distance(model):
    return (states(model) - states(trained)).abs().max().item()


kept = all(torch.equal(a, b) for a, b in zip(norms(by_transformers), norms(trained), strict=True))
print(f"transformers {transformers.__version__}, peft {peft.__version__}, torch {torch.__version__}")
print("names of norms:", sorted(key for key in state if "magnitude" in key)[0])
print(f"largest difference of the states: by peft {distance(by_peft):.3g}, by load_adapter {distance(by_transformers):.3g}")
print(f"expected: load_adapter keeps the norms: True; seen: {kept}")
sys.exit(0 if distance(by_peft) < 1e-5 and not kept else 1)
PYTHON
