# AdamW on state that is quantised block by block, in TorchScript's serialized form.
# Shapes: P parameters' values, N blocks, B values of a block; N * B is P rounded up.

  # Codes [N, B] and the largest magnitude of each block [N, 1] to values [N, B]
  def dequantize(self: __torch__.M, codes: Tensor, largest: Tensor, values: Tensor) -> Tensor:
    index = torch.to(torch.reshape(codes, [-1]), 3, False, False)
    return torch.mul_(torch.reshape(torch.index_select(values, 0, index), torch.size(codes)), largest)

  # Values [N, B] to codes and largest magnitudes, in place. A block of zeros is divided by the smallest normal number.
  def quantize(self: __torch__.M, x: Tensor, codes: Tensor, largest: Tensor, bounds: Tensor) -> Tensor:
    torch.copy_(largest, torch.amax(torch.abs(x), [1], True))
    share = torch.div(x, torch.clamp_min(largest, 1.1754943508222875e-38))
    return torch.copy_(codes, torch.bucketize(share, bounds, out_int32=True, right=False))

  # Gradients [P] to [N, B], zeros at the end
  def blocks(self: __torch__.M, gradient: Tensor, like: Tensor) -> Tensor:
    missing = torch.sub(torch.numel(like), torch.numel(gradient))
    if torch.gt(missing, 0):
      padded = torch.constant_pad_nd(gradient, [0, missing], 0)
    else:
      padded = gradient
    return torch.reshape(padded, torch.size(like))

  # One step of parameters [P]. The constants: beta1, 1 - beta1, beta2, 1 - beta2, epsilon, the factor of weight decay,
  # the rate over the mean's bias correction, the root of the squares' bias correction
  def update(self: __torch__.M, parameter: Tensor, gradient: Tensor, mean: Tensor, mean_largest: Tensor, square: Tensor, square_largest: Tensor, c: List[Tensor]) -> Tensor:
    w = self.w
    g = (self).blocks(gradient, mean)
    m = torch.mul_((self).dequantize(mean, mean_largest, w["signed.values"]), c[0])
    m1 = torch.add_(m, torch.mul(g, c[1]))
    v = torch.mul_((self).dequantize(square, square_largest, w["unsigned.values"]), c[2])
    v1 = torch.add_(v, torch.mul_(torch.mul(g, g), c[3]))
    step = torch.div(m1, torch.add_(torch.div_(torch.sqrt(v1), c[7]), c[4]))
    change = torch.slice(torch.reshape(torch.mul_(step, c[6]), [-1]), 0, 0, torch.numel(parameter))
    torch.sub_(torch.mul_(parameter, c[5]), change)
    a = (self).quantize(m1, mean, mean_largest, w["signed.bounds"])
    b = (self).quantize(v1, square, square_largest, w["unsigned.bounds"])
    return parameter

  # Every parameter in turn, a large one in pieces, so that only a few pieces are in fp32 at a time
  def step(self: __torch__.M, p: List[Tensor], g: List[Tensor], m: List[Tensor], m_largest: List[Tensor], v: List[Tensor], v_largest: List[Tensor], constants: List[Tensor]) -> List[Tensor]:
    c = torch.unbind(constants[0], 0)
    piece = 1024
    for i in range(torch.len(p)):
      values = torch.mul(piece, torch.size(m[i], 1))
      ps = torch.split(torch.view(p[i], [-1]), values, 0)
      gs = torch.split(torch.reshape(g[i], [-1]), values, 0)
      ms = torch.split(m[i], piece, 0)
      mls = torch.split(m_largest[i], piece, 0)
      vs = torch.split(v[i], piece, 0)
      vls = torch.split(v_largest[i], piece, 0)
      for j in range(torch.len(ps)):
        unused = (self).update(ps[j], gs[j], ms[j], mls[j], vs[j], vls[j], c)
    return constants
