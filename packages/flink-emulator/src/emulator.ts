import type { Hono } from 'hono'
import type { HttpBindings } from '@hono/node-server'
import { createApp } from './app.ts'
import { buildWorld, type WorldOptions } from './build-world.ts'
import { createCallCounter } from './calls.ts'
import type { CloudState } from './cloud.ts'
import { startColleagues } from './colleagues.ts'
import { controlRoutes } from './control-routes.ts'
import type { Controls } from './controls.ts'
import { createDirector } from './director.ts'
import { createFaults, Fault } from './faults.ts'
import { builtInKeys, type AccessKey } from './identities.ts'
import { createNonceMemory } from './nonces.ts'
import { seededRandom } from './random.ts'
import { defaultSwitches, SwitchesChange, type Switches } from './switches.ts'
import { clockWindowMs } from './verify-signature.ts'
import type { World } from './world.ts'

export interface EmulatorOptions {
  world?: WorldOptions
  /** The cloud's clock, epoch milliseconds. */
  now?: () => number
  /** Whether colleagues come and go by themselves; by default they do not. */
  colleagues?: boolean
  /** Keys beside the built-in ones. */
  keys?: readonly AccessKey[]
  switches?: SwitchesChange
}

/** The emulated cloud in one process: no port, no global, any number beside each other. */
export interface Emulator extends Controls {
  readonly app: Hono<{ Bindings: Partial<HttpBindings> }>
  /** The world as it is now; a rebuilt one is another object. */
  readonly world: World
  /** Sends the colleagues home and lets go of everything that hangs. */
  close(): void
}

export function createEmulator(options: EmulatorOptions = {}): Emulator {
  const now = options.now ?? Date.now
  const state: CloudState = {
    world: buildWorld(options.world ?? {}, now()),
    switches: changed(defaultSwitches, options.switches ?? {}),
    keys: new Map([...builtInKeys, ...(options.keys ?? [])].map(key => [key.accessKeyId, key])),
    calls: createCallCounter(),
    faults: createFaults(),
    nonces: createNonceMemory(2 * clockWindowMs),
    now,
  }
  const chance = seededRandom((options.world?.seed ?? 0) + 1)
  const colleagues = startColleagues(() => state.world, chance, now, options.colleagues !== true)
  const controls: Controls = {
    ...createDirector(state),
    calls: () => state.calls.counts(),
    switches: () => ({ ...state.switches }),
    setSwitches: change => (state.switches = changed(state.switches, change)),
    addFault: fault => state.faults.add(Fault.parse(fault)),
    listFaults: () => state.faults.list(),
    clearFaults: () => state.faults.clear(),
    describeWorld: () => ({
      drafts: state.world.drafts.size,
      namespaces: [...state.world.namespaces.values()].map(({ name }) => name),
      people: state.world.people.length,
    }),
    colleagues,
  }
  return {
    ...controls,
    app: createApp(state, controlRoutes(controls)),
    get world() {
      return state.world
    },
    close: () => {
      colleagues.stop()
      state.faults.clear()
    },
  }
}

/** Only what is named and not undefined changes. */
function changed(switches: Switches, change: SwitchesChange): Switches {
  const named = Object.entries(SwitchesChange.parse(change)).filter(([, value]) => value !== undefined)
  return { ...switches, ...Object.fromEntries(named) }
}
