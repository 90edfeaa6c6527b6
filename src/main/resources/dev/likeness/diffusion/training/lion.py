# Lion, in TorchScript's serialized form.

  # One step of every parameter. The constants: the rate, the factor of weight decay, beta1, 1 - beta1, beta2, 1 - beta2
  def lion(self: __torch__.M, p: List[Tensor], g: List[Tensor], mean: List[Tensor], constants: List[Tensor]) -> List[Tensor]:
    c = torch.unbind(constants[0], 0)
    for i in range(torch.len(p)):
      direction = torch.sign_(torch.add_(torch.mul(mean[i], c[2]), torch.mul(g[i], c[3])))
      torch.sub_(torch.mul_(p[i], c[1]), torch.mul_(direction, c[0]))
      torch.add_(torch.mul_(mean[i], c[4]), torch.mul(g[i], c[5]))
    return constants
