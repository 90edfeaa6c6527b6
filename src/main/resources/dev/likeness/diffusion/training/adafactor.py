# Adafactor, in TorchScript's serialized form.

  # Adds an update, after clipping it by its root mean square. The constants: the decay of the means, 1 - decay, epsilon,
  # the threshold, the rate, the factor of weight decay
  def apply(self: __torch__.M, parameter: Tensor, update: Tensor, c: List[Tensor]) -> Tensor:
    rms = torch.div(torch.linalg_vector_norm(update, 2), torch.sqrt(torch.numel(update)))
    torch.div_(update, torch.clamp_min_(torch.div(rms, c[3]), 1.))
    return torch.sub_(torch.mul_(parameter, c[5]), torch.mul_(update, c[4]))

  # Parameters [..., R, C], with the means of the squares over columns [..., R] and over rows [..., C]
  def factored(self: __torch__.M, p: List[Tensor], g: List[Tensor], row: List[Tensor], column: List[Tensor], constants: List[Tensor]) -> List[Tensor]:
    c = torch.unbind(constants[0], 0)
    for i in range(torch.len(p)):
      square = torch.add_(torch.mul(g[i], g[i]), c[2])
      torch.add_(torch.mul_(row[i], c[0]), torch.mul(torch.mean(square, [-1]), c[1]))
      torch.add_(torch.mul_(column[i], c[0]), torch.mul(torch.mean(square, [-2]), c[1]))
      r = torch.unsqueeze(torch.rsqrt(torch.div(row[i], torch.mean(row[i], [-1], True))), -1)
      update = torch.mul(r, torch.unsqueeze(torch.rsqrt(column[i]), -2))
      unused = (self).apply(p[i], torch.mul_(update, g[i]), c)
    return constants

  # Vectors and scalars, with the mean of the squares in their own shape
  def whole(self: __torch__.M, p: List[Tensor], g: List[Tensor], mean: List[Tensor], constants: List[Tensor]) -> List[Tensor]:
    c = torch.unbind(constants[0], 0)
    for i in range(torch.len(p)):
      square = torch.add_(torch.mul(g[i], g[i]), c[2])
      torch.add_(torch.mul_(mean[i], c[0]), torch.mul(square, c[1]))
      unused = (self).apply(p[i], torch.mul_(torch.rsqrt(mean[i]), g[i]), c)
    return constants
