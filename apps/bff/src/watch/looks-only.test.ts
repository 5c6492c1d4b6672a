import type { DraftReader, FlinkClient } from '@lockdesk/flink-client'
import { afterEach, expect, it } from 'vitest'
import { emulatedWorkspace } from '../../fixtures/emulated-workspace.ts'
import type { Watch } from './watch-namespace.ts'

const endings: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const end of endings.splice(0)) await end()
})

/** Every method that can be reached from an object, at any depth, with the objects it came through. */
function reachable(value: unknown, seen = new Set<unknown>()): string[] {
  if (typeof value !== 'object' || value === null || seen.has(value)) return []
  seen.add(value)
  const names = new Set<string>()
  for (let at: object | null = value; at && at !== Object.prototype; at = Object.getPrototypeOf(at))
    for (const name of Object.getOwnPropertyNames(at)) names.add(name)
  return [...names].flatMap(name => [name, ...reachable((value as Record<string, unknown>)[name], seen)])
}

it('what the watcher is given has no method that takes a lock', async () => {
  const { client, close } = await emulatedWorkspace()
  endings.push(close)
  const names = reachable({ drafts: client.drafts, folders: client.folders, client })
  expect(names).toContain('readPage')
  expect(names.filter(name => /lock|take/i.test(name))).toEqual([])
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
