import { createContext, use, useCallback, useMemo, useSyncExternalStore, type ReactNode } from 'react'

/** What time it is, in epoch milliseconds; the server's, where the browser's own clock is wrong. */
export type Now = () => number

interface Clock {
  now: Now
  subscribe(tick: () => void): () => void
}

/** One timer for everything that ages on the page; it rests while nobody looks at the page. */
function createClock(now: Now): Clock {
  const listeners = new Set<() => void>()
  let timer: ReturnType<typeof setInterval> | undefined
  return {
    now,
    subscribe(tick) {
      listeners.add(tick)
      timer ??= setInterval(() => {
        if (!document.hidden) for (const listener of listeners) listener()
      }, 1000)
      return () => {
        listeners.delete(tick)
        if (listeners.size > 0) return
        clearInterval(timer)
        timer = undefined
      }
    },
  }
}

const ClockContext = createContext<Clock>(createClock(Date.now))

export function ClockProvider({ now, children }: { now: Now; children: ReactNode }) {
  return <ClockContext value={useMemo(() => createClock(now), [now])}>{children}</ClockContext>
}

/**
 * The time, renewed every `stepMs`: ask for the coarsest step that tells the truth, as each step renders anew.
 * @param stepMs whole seconds; an age in minutes wants 10,000
 */
export function useNow(stepMs = 1000): number {
  const clock = use(ClockContext)
  const step = useCallback(() => Math.floor(clock.now() / stepMs) * stepMs, [clock, stepMs])
  const stepped = useSyncExternalStore(clock.subscribe, step)
  return stepMs === 1000 ? stepped : Math.max(stepped, 0)
}
