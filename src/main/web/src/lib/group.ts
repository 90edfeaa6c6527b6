/** A list by a key, in the order in which keys come first. */
export function grouped<T, K>(list: T[], key: (it: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>()
  for (const it of list) {
    const group = groups.get(key(it))
    if (group) group.push(it)
    else groups.set(key(it), [it])
  }
  return groups
}
