# Kernels of every network, in TorchScript's serialized form: no overloads, no operators on tensors, two-blank indents.
# A kernel takes its inputs, the weights w, the prefix p of the weights' names, and constants.
# Shapes: B batch, C channels, H W height and width, L tokens, D features.

# The weight of a layer, after the changes that adapters make to it
def weight(w: Dict[str, Tensor], p: str) -> Tensor:
  r = w[p + ".weight"]
  for i in range(__torch__.changes()):
    if torch.__contains__(w, p + ".change." + str(i) + ".scale"):
      r = __torch__.changed(r, w, p + ".change." + str(i))
    else:
      pass
  return r
# A weight [O, I, ...] after one change, in fp32
def changed(weight: Tensor, w: Dict[str, Tensor], c: str) -> Tensor:
  own = __torch__.widen(weight)
  change = torch.reshape(__torch__.difference(torch.size(own, 1), w, c), torch.size(own))
  sum = torch.add(own, torch.mul(change, w[c + ".scale"]))
  if torch.__contains__(w, c + ".dora_scale"):
    r = __torch__.renormed(sum, w[c + ".dora_scale"])
  else:
    r = sum
  if torch.__contains__(w, c + ".share"):
    shared = torch.add(own, torch.mul(torch.sub(r, own), w[c + ".share"]))
  else:
    shared = r
  return shared
# DoRA: a weight with other norms, of each output [O, 1, ...] or of each input [1, I, ...]. Its own norms count as constants.
def renormed(weight: Tensor, norms: Tensor) -> Tensor:
  return torch.mul(weight, torch.div(norms, __torch__.norms(torch.detach(weight), norms)))
# The norms of each output or each input of a weight, in the shape of another tensor
def norms(weight: Tensor, like: Tensor) -> Tensor:
  if torch.__and__(torch.eq(torch.size(like, 0), torch.size(weight, 0)), torch.eq(torch.size(like, 1), 1)):
    rows = torch.flatten(weight, 1, -1)
  else:
    rows = torch.flatten(torch.transpose(weight, 0, 1), 1, -1)
  sums = torch.sum(torch.mul(rows, rows), [1], False, dtype=None)
  return torch.reshape(torch.clamp(torch.sqrt(sums), 1.1920928955078125e-07, None), torch.size(like))
# The numbers of a change before its scale, in the order of the weight's
def difference(inputs: int, w: Dict[str, Tensor], c: str) -> Tensor:
  if torch.__contains__(w, c + ".lora_up"):
    r = __torch__.low_rank(w, c)
  else:
    if torch.__contains__(w, c + ".hada_w1_a"):
      r = torch.mul(__torch__.factor_product(w, c + ".hada_w1", c + ".hada_t1"), __torch__.factor_product(w, c + ".hada_w2", c + ".hada_t2"))
    else:
      r = __torch__.kronecker(inputs, w, c)
  return r
def low_rank(w: Dict[str, Tensor], c: str) -> Tensor:
  up = torch.flatten(w[c + ".lora_up"], 1, -1)
  down = torch.flatten(w[c + ".lora_down"], 1, -1)
  if torch.__contains__(w, c + ".lora_mid"):
    r = __torch__.tucker(w[c + ".lora_mid"], torch.t(up), down)
  else:
    r = torch.matmul(up, down)
  return r
def factor_product(w: Dict[str, Tensor], p: str, core: str) -> Tensor:
  if torch.__contains__(w, core):
    r = __torch__.tucker(w[core], w[p + "_a"], w[p + "_b"])
  else:
    r = torch.matmul(w[p + "_a"], w[p + "_b"])
  return r
# A core [i, j, k, k] times a [i, O] and b [j, I]: [O, I, k * k]
def tucker(core: Tensor, a: Tensor, b: Tensor) -> Tensor:
  outputs = torch.matmul(torch.t(a), torch.flatten(core, 1, -1))
  split = torch.view(outputs, [torch.size(a, 1), torch.size(core, 1), -1])
  return torch.transpose(torch.matmul(torch.transpose(split, 1, 2), b), 1, 2)
# The Kronecker product of w1 [l, m] and w2 [O / l, I / m, ...]: [l, O / l, m, I / m, K]
def kronecker(inputs: int, w: Dict[str, Tensor], c: str) -> Tensor:
  if torch.__contains__(w, c + ".lokr_w1"):
    w1 = w[c + ".lokr_w1"]
  else:
    w1 = torch.matmul(w[c + ".lokr_w1_a"], w[c + ".lokr_w1_b"])
  if torch.__contains__(w, c + ".lokr_w2"):
    w2 = w[c + ".lokr_w2"]
  else:
    w2 = __torch__.factor_product(w, c + ".lokr_w2", c + ".lokr_t2")
  l = torch.size(w1, 0)
  m = torch.size(w1, 1)
  wide = torch.view(w1, [l, 1, m, 1, 1])
  return torch.mul(wide, torch.reshape(w2, [1, torch.size(w2, 0), 1, torch.floordiv(inputs, m), -1]))

# A linear layer on [B, L, D] or [N, D]
def linear(x: Tensor, w: Dict[str, Tensor], p: str) -> Tensor:
  bias = annotate(Optional[Tensor], None)
  if torch.__contains__(w, p + ".bias"):
    bias = w[p + ".bias"]
  else:
    pass
  if __torch__.adapted(w, p):
    r = __torch__.adapted_linear(x, bias, w, p)
  else:
    r = torch.linear(__torch__.cast(x), __torch__.cast(__torch__.weight(w, p)), __torch__.cast_optional(bias))
  return r
# A layer with its adapter, whose second product adds itself to the layer's result
def adapted_linear(x: Tensor, bias: Optional[Tensor], w: Dict[str, Tensor], p: str) -> Tensor:
  rows = torch.reshape(__torch__.cast(x), [-1, torch.size(x, -1)])
  y = torch.linear(rows, __torch__.cast(__torch__.weight(w, p)), __torch__.cast_optional(bias))
  down = torch.linear(__torch__.dropout(rows), __torch__.cast(w[p + ".lora.down.weight"]), None)
  r = torch.addmm(y, torch.mul(down, w[p + ".lora.scale"]), torch.t(__torch__.cast(w[p + ".lora.up.weight"])))
  if torch.eq(torch.dim(x), 3):
    shaped = torch.view(r, [torch.size(x, 0), torch.size(x, 1), -1])
  else:
    shaped = r
  return shaped
# On the CPU, oneDNN 3.7.1 computes a wrong gradient with respect to x if the output channels are not a multiple of its
# block of 16 and the batch has two or more. So zeros fill the last block, and affect neither the result nor a gradient.
def convolve(x: Tensor, weight: Tensor, bias: Optional[Tensor], stride: int, padding: int) -> Tensor:
  channels = torch.size(weight, 0)
  missing = torch.remainder(torch.neg(channels), 16)
  if torch.__or__(torch.eq(missing, 0), ops.prim.is_cuda(x)):
    y = torch.conv2d(__torch__.cast(x), __torch__.cast(weight), __torch__.cast_optional(bias), [stride, stride], [padding, padding], [1, 1], 1)
  else:
    if torch.__isnot__(bias, None):
      b = annotate(Optional[Tensor], torch.constant_pad_nd(unchecked_cast(Tensor, bias), [0, missing], 0))
    else:
      b = bias
    filled = torch.constant_pad_nd(weight, [0, 0, 0, 0, 0, 0, 0, missing], 0)
    all = torch.conv2d(__torch__.cast(x), __torch__.cast(filled), __torch__.cast_optional(b), [stride, stride], [padding, padding], [1, 1], 1)
    y = torch.contiguous(torch.slice(all, 1, 0, channels, 1))
  return y
def conv2d(x: Tensor, w: Dict[str, Tensor], p: str, stride: int, padding: int) -> Tensor:
  y = __torch__.convolve(x, __torch__.weight(w, p), w[p + ".bias"], stride, padding)
  if __torch__.adapted(w, p):
    down = __torch__.convolve(__torch__.dropout(x), w[p + ".lora.down.weight"], None, stride, padding)
    up = __torch__.convolve(down, w[p + ".lora.up.weight"], None, 1, 0)
    r = torch.add(y, torch.mul(up, w[p + ".lora.scale"]))
  else:
    r = y
  return r
def conv3(x: Tensor, w: Dict[str, Tensor], p: str, stride: int) -> Tensor:
  return __torch__.conv2d(x, w, p, stride, 1)
# A convolution with a kernel of one pixel is a matrix product over the channels, which needs no other memory layout.
def conv1(x: Tensor, w: Dict[str, Tensor], p: str) -> Tensor:
  if __torch__.adapted(w, p):
    y = __torch__.conv2d(x, w, p, 1, 0)
  else:
    y = torch.view(__torch__.channels(torch.flatten(x, 2, -1), w, p), [torch.size(x, 0), -1, torch.size(x, 2), torch.size(x, 3)])
  return y
# A linear layer, or a convolution with a kernel of one pixel, on the channels of [B, C, N]: [B, O, N]
def channels(x: Tensor, w: Dict[str, Tensor], p: str) -> Tensor:
  m = torch.expand(torch.flatten(__torch__.cast(__torch__.weight(w, p)), 1, -1), [torch.size(x, 0), -1, -1])
  return torch.baddbmm(torch.unsqueeze(__torch__.cast(w[p + ".bias"]), 1), m, __torch__.cast(x))
def upsample(x: Tensor, w: Dict[str, Tensor], p: str) -> Tensor:
  return __torch__.conv2d(torch.upsample_nearest2d(x, None, [2., 2.]), w, p, 1, 1)
def group_norm(x: Tensor, w: Dict[str, Tensor], p: str, groups: int, eps: float) -> Tensor:
  return torch.group_norm(__torch__.norm_input(x), groups, w[p + ".weight"], w[p + ".bias"], eps, True)
def norm_silu(x: Tensor, w: Dict[str, Tensor], p: str, groups: int, eps: float) -> Tensor:
  return torch.silu(__torch__.group_norm(x, w, p, groups, eps))
def layer_norm(x: Tensor, w: Dict[str, Tensor], p: str, eps: float) -> Tensor:
  weight = w[p + ".weight"]
  return torch.layer_norm(__torch__.norm_input(x), [torch.size(weight, 0)], weight, w[p + ".bias"], eps, True)
def concatenate(a: Tensor, b: Tensor, w: Dict[str, Tensor], p: str) -> Tensor:
  return torch.cat([a, b], 1)
def to_float(x: Tensor, w: Dict[str, Tensor], p: str) -> Tensor:
  return __torch__.widen(x)
# [B, L, D] to [B, heads, L, D / heads]
def split_heads(x: Tensor, heads: int) -> Tensor:
  width = torch.floordiv(torch.size(x, 2), heads)
  return torch.transpose(torch.view(__torch__.attention_input(x, width), [torch.size(x, 0), -1, heads, width]), 1, 2)
# [B, L, D] attending to itself or to a context [B, M, E], before the output projection
def attend(q: Tensor, k: Tensor, v: Tensor, heads: int, causal: bool) -> Tensor:
  o = torch.scaled_dot_product_attention(__torch__.split_heads(q, heads), __torch__.split_heads(k, heads), __torch__.split_heads(v, heads), None, 0., causal, scale=None, enable_gqa=False)
  return torch.reshape(torch.transpose(o, 1, 2), [torch.size(q, 0), -1, torch.size(q, 2)])

# Residual block: with the time embedding [B, E] in the UNet, without it in the autoencoder
def resnet(x: Tensor, temb: Tensor, w: Dict[str, Tensor], p: str, groups: int, eps: float) -> Tensor:
  h = __torch__.conv3(__torch__.norm_silu(x, w, p + ".norm1", groups, eps), w, p + ".conv1", 1)
  t = __torch__.linear(torch.silu(temb), w, p + ".time_emb_proj")
  h1 = torch.add(h, torch.unsqueeze(torch.unsqueeze(t, 2), 3))
  return __torch__.resnet_end(x, h1, w, p, groups, eps)
def vae_resnet(x: Tensor, w: Dict[str, Tensor], p: str, groups: int, eps: float) -> Tensor:
  h = __torch__.conv3(__torch__.norm_silu(x, w, p + ".norm1", groups, eps), w, p + ".conv1", 1)
  return __torch__.resnet_end(x, h, w, p, groups, eps)
def resnet_end(x: Tensor, h: Tensor, w: Dict[str, Tensor], p: str, groups: int, eps: float) -> Tensor:
  h1 = __torch__.conv3(__torch__.norm_silu(h, w, p + ".norm2", groups, eps), w, p + ".conv2", 1)
  if torch.__contains__(w, p + ".conv_shortcut.weight"):
    s = __torch__.conv1(x, w, p + ".conv_shortcut")
  else:
    s = x
  return torch.add(s, h1)

# Sinusoidal embedding of numbers [N], cosines first: [N, dim]
def sinusoid(t: Tensor, dim: int) -> Tensor:
  half = torch.floordiv(dim, 2)
  wide = __torch__.widen(t)
  exponent = torch.mul(torch.arange(0, half, dtype=ops.prim.dtype(wide), layout=None, device=ops.prim.device(t), pin_memory=False), -9.210340371976184)
  frequency = torch.exp(torch.div(exponent, half))
  angle = torch.mul(torch.unsqueeze(wide, 1), torch.unsqueeze(frequency, 0))
  return torch.cat([torch.cos(angle), torch.sin(angle)], -1)
def embedding_mlp(x: Tensor, w: Dict[str, Tensor], p: str) -> Tensor:
  return __torch__.linear(torch.silu(__torch__.linear(x, w, p + ".linear_1")), w, p + ".linear_2")
# Timesteps [B] to their embedding [B, E]
def time_embedding(t: Tensor, w: Dict[str, Tensor], p: str, dim: int) -> Tensor:
  return __torch__.embedding_mlp(__torch__.sinusoid(t, dim), w, p)
# SDXL's further conditions: a pooled text state [B, P] and six sizes in pixels [B, 6], each embedded like a timestep
def added_embedding(pooled: Tensor, sizes: Tensor, w: Dict[str, Tensor], p: str, dim: int) -> Tensor:
  e = torch.reshape(__torch__.sinusoid(torch.flatten(sizes, 0, -1), dim), [torch.size(pooled, 0), -1])
  return __torch__.embedding_mlp(torch.cat([pooled, e], -1), w, p)
def sum(a: Tensor, b: Tensor, w: Dict[str, Tensor], p: str) -> Tensor:
  return torch.add(a, b)
# Attention to itself, or to a context
def self_attention(x: Tensor, w: Dict[str, Tensor], p: str, heads: int) -> Tensor:
  o = __torch__.attend(__torch__.linear(x, w, p + ".to_q"), __torch__.linear(x, w, p + ".to_k"), __torch__.linear(x, w, p + ".to_v"), heads, False)
  return __torch__.linear(o, w, p + ".to_out.0")
def cross_attention(x: Tensor, c: Tensor, w: Dict[str, Tensor], p: str, heads: int) -> Tensor:
  o = __torch__.attend(__torch__.linear(x, w, p + ".to_q"), __torch__.linear(c, w, p + ".to_k"), __torch__.linear(c, w, p + ".to_v"), heads, False)
  return __torch__.linear(o, w, p + ".to_out.0")
def transformer_block(x: Tensor, c: Tensor, w: Dict[str, Tensor], p: str, heads: int) -> Tensor:
  n1 = __torch__.layer_norm(x, w, p + ".norm1", 1e-05)
  x1 = torch.add(__torch__.self_attention(n1, w, p + ".attn1", heads), x)
  x2 = torch.add(__torch__.cross_attention(__torch__.layer_norm(x1, w, p + ".norm2", 1e-05), c, w, p + ".attn2", heads), x1)
  f = __torch__.linear(__torch__.layer_norm(x2, w, p + ".norm3", 1e-05), w, p + ".ff.net.0.proj")
  h, gate, = torch.chunk(f, 2, -1)
  return torch.add(__torch__.linear(torch.mul(h, torch.gelu(gate)), w, p + ".ff.net.2"), x2)
# Channels [B, C, H, W] to tokens [B, H * W, O]; the projection is a linear layer, or a convolution with a kernel of one pixel
def to_tokens(x: Tensor, w: Dict[str, Tensor], p: str, linear_projection: bool) -> Tensor:
  tokens = torch.transpose(torch.flatten(x, 2, -1), 1, 2)
  if __torch__.adapted(w, p):
    if linear_projection:
      y = __torch__.linear(tokens, w, p)
    else:
      y = torch.contiguous(torch.transpose(torch.flatten(__torch__.conv1(x, w, p), 2, -1), 1, 2))
  else:
    m = torch.expand(torch.t(torch.flatten(__torch__.cast(__torch__.weight(w, p)), 1, -1)), [torch.size(x, 0), -1, -1])
    y = torch.baddbmm(__torch__.cast(w[p + ".bias"]), __torch__.cast(tokens), m)
  return y
# Tokens [B, H * W, C] to channels [B, O, H, W]
def to_channels(x: Tensor, w: Dict[str, Tensor], p: str, size: List[int], linear_projection: bool) -> Tensor:
  if __torch__.adapted(w, p):
    if linear_projection:
      y = torch.contiguous(torch.transpose(__torch__.linear(x, w, p), 1, 2))
    else:
      y = __torch__.conv1(torch.contiguous(torch.view(torch.transpose(x, 1, 2), [size[0], -1, size[2], size[3]])), w, p)
  else:
    y = __torch__.channels(torch.transpose(x, 1, 2), w, p)
  return torch.view(y, [size[0], -1, size[2], size[3]])
# Spatial transformer: [B, C, H, W] attending to the context [B, L, D]
def transformer(x: Tensor, c: Tensor, w: Dict[str, Tensor], p: str, heads: int, depth: int, linear_projection: bool, groups: int) -> Tensor:
  n = __torch__.group_norm(x, w, p + ".norm", groups, 1e-06)
  y = __torch__.to_tokens(n, w, p + ".proj_in", linear_projection)
  for i in range(depth):
    y = __torch__.transformer_block(y, c, w, p + ".transformer_blocks." + str(i), heads)
  return torch.add(__torch__.to_channels(y, w, p + ".proj_out", torch.size(x), linear_projection), x)

# Autoencoder: self-attention over all positions, one head
def vae_attention(x: Tensor, w: Dict[str, Tensor], p: str, groups: int) -> Tensor:
  b = torch.size(x, 0)
  c = torch.size(x, 1)
  n = torch.transpose(torch.view(__torch__.group_norm(x, w, p + ".group_norm", groups, 1e-06), [b, c, -1]), 1, 2)
  o = __torch__.attend(__torch__.linear(n, w, p + ".to_q"), __torch__.linear(n, w, p + ".to_k"), __torch__.linear(n, w, p + ".to_v"), 1, False)
  r = torch.reshape(torch.transpose(__torch__.linear(o, w, p + ".to_out.0"), 1, 2), torch.size(x))
  return torch.add(r, x)
# Its downsampling pads right and bottom only
def vae_downsample(x: Tensor, w: Dict[str, Tensor], p: str) -> Tensor:
  return __torch__.conv2d(torch.constant_pad_nd(x, [0, 1, 0, 1], 0), w, p, 2, 0)

# CLIP: one layer of the text encoder (causal) or of the image encoder
def activation(x: Tensor, name: str) -> Tensor:
  if torch.eq(name, "quick_gelu"):
    y = torch.mul(x, torch.sigmoid(torch.mul(x, 1.702)))
  else:
    y = torch.gelu(x)
  return y
def clip_layer(x: Tensor, w: Dict[str, Tensor], p: str, heads: int, act: str, eps: float, causal: bool) -> Tensor:
  n = __torch__.layer_norm(x, w, p + ".layer_norm1", eps)
  q = __torch__.linear(n, w, p + ".self_attn.q_proj")
  k = __torch__.linear(n, w, p + ".self_attn.k_proj")
  v = __torch__.linear(n, w, p + ".self_attn.v_proj")
  x1 = torch.add(x, __torch__.linear(__torch__.attend(q, k, v, heads, causal), w, p + ".self_attn.out_proj"))
  return __torch__.clip_layer_end(x1, w, p, act, eps)
def clip_layer_end(x: Tensor, w: Dict[str, Tensor], p: str, act: str, eps: float) -> Tensor:
  h = __torch__.linear(__torch__.layer_norm(x, w, p + ".layer_norm2", eps), w, p + ".mlp.fc1")
  return torch.add(x, __torch__.linear(__torch__.activation(h, act), w, p + ".mlp.fc2"))
# The causal layer with tokens [B, L] that are 0 hidden from all others. The first token is always visible.
def masked_clip_layer(x: Tensor, visible: Tensor, w: Dict[str, Tensor], p: str, heads: int, act: str, eps: float) -> Tensor:
  n = __torch__.layer_norm(x, w, p + ".layer_norm1", eps)
  q = __torch__.linear(n, w, p + ".self_attn.q_proj")
  k = __torch__.linear(n, w, p + ".self_attn.k_proj")
  v = __torch__.linear(n, w, p + ".self_attn.v_proj")
  places = torch.arange(torch.size(x, 1), dtype=4, layout=None, device=ops.prim.device(x), pin_memory=False)
  shown = torch.logical_or(torch.ne(visible, 0), torch.eq(places, 0))
  seen = torch.logical_and(torch.unsqueeze(shown, 1), torch.ge(torch.unsqueeze(places, 1), places))
  o = torch.scaled_dot_product_attention(__torch__.split_heads(q, heads), __torch__.split_heads(k, heads), __torch__.split_heads(v, heads), torch.unsqueeze(seen, 1), 0., False, scale=None, enable_gqa=False)
  o1 = torch.reshape(torch.transpose(o, 1, 2), [torch.size(q, 0), -1, torch.size(q, 2)])
  return __torch__.clip_layer_end(torch.add(x, __torch__.linear(o1, w, p + ".self_attn.out_proj")), w, p, act, eps)
# Token ids [B, L] to embeddings [B, L, D]; ids from the table's length on are learned rows [N, D]
def clip_text_embedding(ids: Tensor, rows: Tensor, w: Dict[str, Tensor], p: str, vocabulary: int) -> Tensor:
  position = torch.slice(w[p + ".position_embedding.weight"], 0, 0, torch.size(ids, 1), 1)
  known = torch.embedding(w[p + ".token_embedding.weight"], torch.clamp(ids, None, torch.sub(vocabulary, 1)))
  learned = torch.embedding(rows, torch.clamp(torch.sub(ids, vocabulary), 0, None))
  return torch.add(torch.where(torch.unsqueeze(torch.ge(ids, vocabulary), 2), learned, known), position)
# The state at the end-of-text token: [B, D]. In files, an end id of 2 means the vocabulary's largest id.
def clip_pooled(x: Tensor, ids: Tensor, w: Dict[str, Tensor], p: str, end_id: int, vocabulary: int) -> Tensor:
  if torch.eq(end_id, 2):
    at = torch.argmax(torch.mul(ids, torch.to(torch.lt(ids, vocabulary), 4, False, False)), -1)
  else:
    at = torch.argmax(torch.to(torch.eq(ids, end_id), 3, False, False), -1)
  rows = torch.arange(torch.size(x, 0), dtype=4, layout=None, device=ops.prim.device(x), pin_memory=False)
  return torch.index(x, [rows, at])
# Pictures [B, 3, S, S] to a class token and patch embeddings [B, 1 + N, D]
def clip_vision_embedding(x: Tensor, w: Dict[str, Tensor], p: str, patch: int) -> Tensor:
  patches = __torch__.convolve(x, w[p + ".patch_embedding.weight"], None, patch, 0)
  return torch.add(__torch__.class_and_patches(patches, w, p), torch.unsqueeze(w[p + ".position_embedding.weight"], 0))
# Patches [B, D, H, W] after a class token: [B, 1 + H * W, D]
def class_and_patches(patches: Tensor, w: Dict[str, Tensor], p: str) -> Tensor:
  tokens = torch.transpose(torch.flatten(patches, 2, -1), 1, 2)
  first = torch.expand(w[p + ".class_embedding"], [torch.size(patches, 0), 1, -1])
  return torch.cat([torch.to(first, ops.prim.dtype(tokens), False, False), tokens], 1)
def first_token(x: Tensor, w: Dict[str, Tensor], p: str) -> Tensor:
  return torch.select(x, 1, 0)

# BLIP: one layer of the image encoder, whose queries, keys and values come from one linear layer
def blip_vision_layer(x: Tensor, w: Dict[str, Tensor], p: str, heads: int, act: str, eps: float) -> Tensor:
  q, k, v, = torch.chunk(__torch__.linear(__torch__.layer_norm(x, w, p + ".layer_norm1", eps), w, p + ".self_attn.qkv"), 3, -1)
  x1 = torch.add(x, __torch__.linear(__torch__.attend(q, k, v, heads, False), w, p + ".self_attn.projection"))
  return __torch__.clip_layer_end(x1, w, p, act, eps)
# Pictures [B, 3, S, S] to a class token and patch embeddings [B, 1 + N, D]
def vit_embedding(x: Tensor, w: Dict[str, Tensor], p: str, patch: int) -> Tensor:
  patches = __torch__.conv2d(x, w, p + ".patch_embedding", patch, 0)
  return torch.add(__torch__.class_and_patches(patches, w, p), w[p + ".position_embedding"])
# BERT, the architecture of BLIP's decoder: token ids [B, L] to embeddings [B, L, D]
def bert_embedding(ids: Tensor, w: Dict[str, Tensor], p: str, eps: float) -> Tensor:
  position = torch.slice(w[p + ".position_embeddings.weight"], 0, 0, torch.size(ids, 1), 1)
  return __torch__.layer_norm(torch.add(torch.embedding(w[p + ".word_embeddings.weight"], ids), position), w, p + ".LayerNorm", eps)
def bert_residual(x: Tensor, change: Tensor, w: Dict[str, Tensor], p: str, eps: float) -> Tensor:
  return __torch__.layer_norm(torch.add(__torch__.linear(change, w, p + ".dense"), x), w, p + ".LayerNorm", eps)
# [B, L, D] attending to itself causally and to the keys and values [1, M, D] of one context
def bert_layer(x: Tensor, k: Tensor, v: Tensor, w: Dict[str, Tensor], p: str, heads: int, act: str, eps: float) -> Tensor:
  s = p + ".attention.self"
  a = __torch__.attend(__torch__.linear(x, w, s + ".query"), __torch__.linear(x, w, s + ".key"), __torch__.linear(x, w, s + ".value"), heads, True)
  x1 = __torch__.bert_residual(x, a, w, p + ".attention.output", eps)
  batch = [torch.size(x, 0), -1, -1]
  c = __torch__.attend(__torch__.linear(x1, w, p + ".crossattention.self.query"), torch.expand(k, batch), torch.expand(v, batch), heads, False)
  x2 = __torch__.bert_residual(x1, c, w, p + ".crossattention.output", eps)
  h = __torch__.activation(__torch__.linear(x2, w, p + ".intermediate.dense"), act)
  return __torch__.bert_residual(x2, h, w, p + ".output", eps)
# Logits of the next token: [B, L, D] to [B, V]
def bert_next_token(x: Tensor, w: Dict[str, Tensor], p: str, vocabulary: str, act: str, eps: float) -> Tensor:
  h = __torch__.activation(__torch__.linear(torch.select(x, 1, -1), w, p + ".transform.dense"), act)
  n = __torch__.layer_norm(h, w, p + ".transform.LayerNorm", eps)
  return torch.linear(__torch__.cast(n), __torch__.cast(w[vocabulary]), __torch__.cast(w[p + ".bias"]))
def log_softmax(x: Tensor, w: Dict[str, Tensor], p: str) -> Tensor:
  return torch.log_softmax(x, -1, None)
