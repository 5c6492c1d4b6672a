/** Gives each who asks a turn of the event loop of its own, in the order of asking: many at once hold it up no more than one does. */
export function createLoopTurns(): () => Promise<void> {
  let last: Promise<void> = Promise.resolve()
  return () => {
    last = last.then(() => new Promise(resolve => setImmediate(resolve)))
    return last
  }
}
