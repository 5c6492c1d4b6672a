/** Does something once, later. @returns calls it off */
export type Schedule = (afterMs: number, work: () => void) => () => void

/** By the machine's timer, which alone keeps no process alive. */
export const byTimer: Schedule = (afterMs, work) => {
  const timer = setTimeout(work, afterMs)
  timer.unref()
  return () => clearTimeout(timer)
}
