"""Writes state_dict.bin: a state dict with tensors of every type that is read, scalars, empty tensors, parameters, tensors
that share a storage, and views of others, as torch.save writes it. Made with torch 2.13.0. TorchFileTests knows the values."""

import pathlib

import torch

HERE = pathlib.Path(__file__).parent


def main():
    module = torch.nn.Linear(3, 2)
    with torch.no_grad():
        module.weight.copy_(torch.arange(6).reshape(2, 3))
        module.bias.copy_(torch.tensor([-1.5, 0.25]))
    state = module.state_dict()
    table = torch.arange(12, dtype=torch.float32).reshape(3, 4)
    state["table"] = table
    state["tied"] = table
    state["transposed"] = table.t()
    state["column"] = table[:, 1]
    state["inner"] = table[1:, 1:3]
    state["right"] = table.t()[2:].t()
    state["parameter"] = torch.nn.Parameter(torch.tensor([1.0, 2.0]))
    state["scalar"] = torch.tensor(7.0)
    state["empty"] = torch.zeros(0, 3)
    state["half"] = torch.tensor([0.5, -2.0]).half()
    state["brain"] = torch.tensor([1.0, -2.5]).bfloat16()
    state["half_transposed"] = torch.arange(6).reshape(2, 3).half().t()
    state["double"] = torch.tensor([1e300], dtype=torch.float64)
    state["long"] = torch.arange(3).expand((1, -1))
    state["int"] = torch.tensor([-5]).int()
    state["short"] = torch.tensor([-6]).short()
    state["char"] = torch.tensor([-7]).char()
    state["byte"] = torch.tensor([200]).byte()
    state["bool"] = torch.tensor([True, False])
    torch.save(state, HERE / "state_dict.bin")


if __name__ == "__main__":
    main()
