import { workInConsole } from './people.ts'
import type { Random } from './random.ts'
import type { World } from './world.ts'

/** The colleagues' working day: a deed every few seconds, unless they are paused. */
export interface Colleagues {
  readonly paused: boolean
  pause(paused: boolean): void
  /** One deed now, paused or not. */
  work(): void
  /** Ends it for good. */
  stop(): void
}

/** Milliseconds between two deeds, at the least and at the most. */
const pace = { least: 800, most: 3_200 }

/** @param world asked anew for each deed, for it may have been rebuilt */
export function startColleagues(world: () => World, random: Random, now: () => number, paused: boolean): Colleagues {
  let timer: NodeJS.Timeout | undefined
  let resting = paused
  const work = () => void workInConsole(world(), random, now())
  const plan = () => {
    timer = setTimeout(
      () => {
        work()
        plan()
      },
      random.between(pace.least, pace.most),
    ).unref()
  }
  if (!resting) plan()
  return {
    get paused() {
      return resting
    },
    pause: value => {
      if (value === resting) return
      resting = value
      clearTimeout(timer)
      if (!resting) plan()
    },
    work,
    stop: () => clearTimeout(timer),
  }
}
