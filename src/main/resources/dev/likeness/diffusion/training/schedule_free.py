# Schedule-free AdamW, in TorchScript's serialized form.

  # One step of every parameter at y. The constants: beta2, 1 - beta2, the squares' bias correction, epsilon, weight decay, the share
  # of z in the next average, the factor of the change of y, the rate
  def schedule_free(self: __torch__.M, p: List[Tensor], g: List[Tensor], z: List[Tensor], square: List[Tensor], constants: List[Tensor]) -> List[Tensor]:
    c = torch.unbind(constants[0], 0)
    for i in range(torch.len(p)):
      torch.add_(torch.mul_(square[i], c[0]), torch.mul_(torch.mul(g[i], g[i]), c[1]))
      change = torch.div(g[i], torch.add_(torch.sqrt_(torch.div(square[i], c[2])), c[3]))
      torch.add_(change, torch.mul(p[i], c[4]))
      torch.lerp_(p[i], z[i], c[5])
      torch.add_(p[i], torch.mul(change, c[6]))
      torch.sub_(z[i], torch.mul_(change, c[7]))
    return constants

  # From y to the average x. The constant: 1 - 1 / beta1
  def evaluate(self: __torch__.M, p: List[Tensor], z: List[Tensor], constants: List[Tensor]) -> List[Tensor]:
    for i in range(torch.len(p)):
      torch.lerp_(p[i], z[i], constants[0])
    return constants
