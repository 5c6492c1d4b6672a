import { type DraftReader, type FlinkClient, createLockTaker } from '@lockdesk/flink-client'
import { demoKey } from '@lockdesk/flink-emulator'
import { afterEach, expect, it } from 'vitest'
import { emulatedWorkspace } from '../../fixtures/emulated-workspace.ts'
import { onlyLooking } from '../cloud/workspace.ts'
import type { Watch } from './watch-namespace.ts'

const endings: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const end of endings.splice(0)) await end()
})

/** The name of every member that can be reached from an object, at any depth. */
function reachable(value: unknown, seen = new Set<unknown>()): string[] {
  if (typeof value !== 'object' || value === null || seen.has(value)) return []
  seen.add(value)
  const names = new Set<string>()
  for (let at: object | null = value; at && at !== Object.prototype; at = Object.getPrototypeOf(at))
    for (const name of Object.getOwnPropertyNames(at)) names.add(name)
  return [...names].flatMap(name => [name, ...reachable((value as Record<string, unknown>)[name], seen)])
}
const takes = (names: readonly string[]) => names.filter(name => /lock|take/i.test(name))

it('what the watcher is given has no member that takes a lock', async () => {
  const { workspace, close } = await emulatedWorkspace()
  endings.push(close)
  const taker = createLockTaker({
    workspace: workspace.id,
    regionId: workspace.region,
    endpoint: 'http://127.0.0.1:1',
    stsEndpoint: 'http://127.0.0.1:1',
    credentials: async () => demoKey,
    timeoutMs: 1,
  })
  expect(takes(reachable({ ...workspace, taker }))).toEqual(['taker', 'takeLock'])
  const given = reachable(onlyLooking({ ...workspace, taker }))
  expect(given).toContain('readPage')
  expect(takes(given)).toEqual([])
})

it('and reaching for one does not compile', () => {
  const reach = (watch: Watch, client: FlinkClient, drafts: DraftReader) => {
    // @ts-expect-error the watcher's client has no such member
    void watch.client.takeLock
    // @ts-expect-error nor has the whole client
    void client.takeLock
    // @ts-expect-error nor its reader
    void drafts.takeLock
  }
  expect(reach).toBeTypeOf('function')
})
