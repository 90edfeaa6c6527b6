# The exponential moving average of what is trained, in TorchScript's serialized form.

  # Moves averages towards tensors. The constant: 1 - decay
  def ema(self: __torch__.M, average: List[Tensor], p: List[Tensor], constants: List[Tensor]) -> List[Tensor]:
    for i in range(torch.len(p)):
      torch.sub_(average[i], torch.mul_(torch.sub(average[i], p[i]), constants[0]))
    return constants

  # Exchanges the values of tensors
  def exchange(self: __torch__.M, first: List[Tensor], second: List[Tensor]) -> List[Tensor]:
    for i in range(torch.len(first)):
      kept = torch.clone(first[i])
      unused1 = torch.copy_(first[i], second[i])
      unused2 = torch.copy_(second[i], kept)
    return [first[0]]
