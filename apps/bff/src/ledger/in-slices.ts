/** So many at a time, with everybody else's work done in between: a long list must not hold up the event loop. */
export async function* inSlices<Item>(items: Iterable<Item>, size = 500): AsyncGenerator<Item[]> {
  let slice: Item[] = []
  for (const item of items) {
    slice.push(item)
    if (slice.length < size) continue
    yield slice
    slice = []
    await new Promise(setImmediate)
  }
  if (slice.length > 0) yield slice
}
