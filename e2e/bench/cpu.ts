/** Microseconds of this process's CPU that one turn of the work takes, in the middle of many batches: a hiccup counts for one. */
export function cpuOf(work: () => void, { batches = 40, turns = 50 } = {}): number {
  for (let turn = 0; turn < turns; turn++) work() // what is compiled late counts for nobody
  const times = Array.from({ length: batches }, () => {
    const before = process.cpuUsage()
    for (let turn = 0; turn < turns; turn++) work()
    const { user, system } = process.cpuUsage(before)
    return (user + system) / turns
  }).toSorted((one, other) => one - other)
  return times[Math.floor(batches / 2)] ?? Number.NaN
}
