# The computations of a training step outside the networks, in TorchScript's serialized form.

  # Rows of a table [P, ...] by index [B], and the backward pass for their gradients
  def select_rows(self: __torch__.M, table: Tensor, index: Tensor) -> Tensor:
    return torch.index_select(table, 0, index)
  def sum_rows(self: __torch__.M, rows: Tensor, index: Tensor, like: Tensor) -> Tensor:
    return torch.index_add(torch.zeros_like(like), 0, index, rows)

  # sum of weight * squared error, and its gradient with respect to the prediction; the weights are broadcast
  def weighted_mse(self: __torch__.M, prediction: Tensor, target: Tensor, weight: Tensor) -> List[Tensor]:
    difference = torch.sub(prediction, target)
    weighted = torch.mul(difference, weight)
    loss = torch.sum(torch.mul(weighted, difference))
    return [loss, torch.mul(weighted, 2)]

  # the same of weight * 2 (sqrt(difference^2 + threshold^2) - threshold), whose difference of near numbers is a quotient here
  def weighted_huber(self: __torch__.M, prediction: Tensor, target: Tensor, weight: Tensor, threshold: Tensor) -> List[Tensor]:
    difference = torch.sub(prediction, target)
    root = torch.sqrt(torch.add(torch.mul(difference, difference), torch.mul(threshold, threshold)))
    weighted = torch.mul(torch.mul(difference, weight), 2)
    loss = torch.sum(torch.div(torch.mul(weighted, difference), torch.add(root, threshold)))
    return [loss, torch.div(weighted, root)]

  # 1 if all values are finite, otherwise 0
  def is_finite(self: __torch__.M, x: Tensor) -> Tensor:
    return torch.to(torch.all(torch.isfinite(x)), 6, False, False)

  def accumulate(self: __torch__.M, sums: List[Tensor], more: List[Tensor]) -> List[Tensor]:
    torch._foreach_add_(sums, more)
    return [sums[0]]

  def multiply(self: __torch__.M, gradients: List[Tensor], numbers: List[Tensor]) -> List[Tensor]:
    torch._foreach_mul_(gradients, numbers[0])
    return [numbers[0]]

  # Scales all gradients so that their common 2-norm is at most a number; returns the norm before
  def clip(self: __torch__.M, gradients: List[Tensor], numbers: List[Tensor]) -> List[Tensor]:
    norm = torch.linalg_vector_norm(torch.stack(torch._foreach_norm(gradients, 2)), 2)
    divisor = torch.add(norm, 1e-06)
    # A factor of 1 would only cost a pass over all gradients.
    if bool(torch.gt(divisor, numbers[0])):
      torch._foreach_mul_(gradients, torch.div(numbers[0], divisor))
    else:
      pass
    return [norm]
