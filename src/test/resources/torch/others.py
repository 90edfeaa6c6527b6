"""Writes what torch.save makes of other things than state dicts: trainer.bin, in which the tensors are beside what a trainer
wants to know, is read; the others are not. module.bin is a whole module, command.bin a pickle that runs a command when it
is loaded, protocol4.bin one of a later protocol, endless.bin a dict that holds itself, and copies.bin as many views of
one storage as would fill a disk. Made with torch 2.13.0. TorchConversionTests knows them."""

import os
import pathlib

import torch

HERE = pathlib.Path(__file__).parent


class Command:
    def __reduce__(self):
        return os.system, ("touch /tmp/likeness-was-here",)


def main():
    table = torch.arange(6, dtype=torch.float32).reshape(2, 3)
    state = {"weight": table, "transposed": table.t(), "brain": table.bfloat16()}
    torch.save({"epoch": 3, "state_dict": state, "losses": [0.5, 0.25]}, HERE / "trainer.bin")
    torch.save(torch.nn.Linear(3, 2), HERE / "module.bin")
    torch.save({"weight": Command()}, HERE / "command.bin")
    torch.save(state, HERE / "protocol4.bin", pickle_protocol=4)
    endless = {}
    endless["state_dict"] = endless
    torch.save(endless, HERE / "endless.bin")
    storage = torch.zeros(4096, dtype=torch.uint8)
    torch.save({str(i): storage for i in range(20)}, HERE / "copies.bin")


if __name__ == "__main__":
    main()
