/** The so many greatest by a measure, the greatest first; of equals the earlier. Without putting everything else in order. */
export function greatest<Item>(items: Iterable<Item>, most: number, measure: (item: Item) => number): Item[] {
  const top: { item: Item; size: number }[] = []
  if (most <= 0) return []
  for (const item of items) {
    const size = measure(item)
    const least = top.at(-1)
    if (top.length >= most && least && least.size >= size) continue
    const place = top.findIndex(other => other.size < size)
    top.splice(place === -1 ? top.length : place, 0, { item, size })
    if (top.length > most) top.pop()
  }
  return top.map(({ item }) => item)
}
