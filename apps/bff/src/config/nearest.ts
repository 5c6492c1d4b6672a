/** Which of the known names is spelled most like one that is not known; near is a slip of the finger: two characters more, less or other. */
export function nearest(name: string, known: readonly string[]): { known: string; isNear: boolean } {
  let best = { known: '', far: Infinity }
  for (const one of known) {
    const far = distance(one, name)
    if (far < best.far) best = { known: one, far }
  }
  return { known: best.known, isNear: best.far <= 2 }
}

function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, column) => column)
  for (const [index, letter] of [...a].entries()) {
    const next = [index + 1]
    for (let column = 1; column <= b.length; column++)
      next.push(
        Math.min(
          (row[column] ?? 0) + 1,
          (next[column - 1] ?? 0) + 1,
          (row[column - 1] ?? 0) + (letter === b[column - 1] ? 0 : 1),
        ),
      )
    row = next
  }
  return row[b.length] ?? 0
}
