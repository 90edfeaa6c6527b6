# Prodigy, in TorchScript's serialized form.

  # Takes gradients into the averages. Returns for each parameter the product of the gradient and the way back to the start, and the
  # sum of the magnitudes of the gradients' weighted sum. The constants: the decay and the gradients' factor, first of the
  # weighted sum, then of the mean, then of the mean of squares
  def prodigy_averages(self: __torch__.M, p: List[Tensor], g: List[Tensor], start: List[Tensor], sum: List[Tensor], mean: List[Tensor], square: List[Tensor], constants: List[Tensor]) -> List[Tensor]:
    c = torch.unbind(constants[0], 0)
    products = annotate(List[Tensor], [])
    magnitudes = annotate(List[Tensor], [])
    for i in range(torch.len(p)):
      torch.add_(torch.mul_(sum[i], c[0]), torch.mul(g[i], c[1]))
      torch.add_(torch.mul_(mean[i], c[2]), torch.mul(g[i], c[3]))
      torch.add_(torch.mul_(square[i], c[4]), torch.mul_(torch.mul(g[i], g[i]), c[5]))
      unused1 = torch.append(products, torch.sum(torch.mul_(torch.sub(start[i], p[i]), g[i])))
      unused2 = torch.append(magnitudes, torch.sum(torch.abs(sum[i])))
    return [torch.stack(products), torch.stack(magnitudes)]

  # Moves every parameter. The constants: the rate, the factor of weight decay, the number that is added to the root of the squares
  def prodigy(self: __torch__.M, p: List[Tensor], mean: List[Tensor], square: List[Tensor], constants: List[Tensor]) -> List[Tensor]:
    c = torch.unbind(constants[0], 0)
    for i in range(torch.len(p)):
      change = torch.div(mean[i], torch.add_(torch.sqrt(square[i]), c[2]))
      torch.sub_(torch.mul_(p[i], c[1]), torch.mul_(change, c[0]))
    return constants
