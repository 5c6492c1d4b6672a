import { expect, expectTypeOf, it } from 'vitest'
import { createFlinkClient, type DraftReader, type FlinkClient, type LockTaker, type ReadOperation } from './index.ts'

/** Every property that can be reached from a value, inherited ones too. */
function reachable(value: unknown, seen = new Set<unknown>()): string[] {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null || seen.has(value)) return []
  seen.add(value)
  const names: string[] = []
  for (let holder: unknown = value; holder !== null && holder !== Object.prototype && holder !== Function.prototype;) {
    for (const [name, property] of Object.entries(Object.getOwnPropertyDescriptors(holder))) {
      names.push(name, ...reachable(property.value, seen))
    }
    holder = Object.getPrototypeOf(holder)
  }
  return names
}

it('has no way to take a lock anywhere in the client at run time', async () => {
  const client = createFlinkClient({
    workspace: 'w',
    regionId: 'cn-hangzhou',
    endpoint: 'http://127.0.0.1:9',
    stsEndpoint: 'http://127.0.0.1:9',
    credentials: async () => ({ accessKeyId: 'k', accessKeySecret: 's' }),
    timeoutMs: 100,
  })
  const names = reachable(client)
  expect(names).toEqual(expect.arrayContaining(['drafts', 'readPage', 'readDraft', 'whoAmI']))
  expect(names.filter(name => /lock|take|seize|acquire/i.test(name))).toEqual([])
  await client.close()
})

it('does not compile to reach for it, and only because it is not there', () => {
  const reach = (reader: DraftReader, client: FlinkClient) => [
    reader.readPage,
    client.drafts.readDraft,
    // @ts-expect-error a reader has no takeLock: the name before the dot exists, as the lines above show
    reader.takeLock,
    // @ts-expect-error nor has the client's reader
    client.drafts.takeLock,
    // @ts-expect-error nor has the client
    client.takeLock,
  ]
  expect(reach).toBeTypeOf('function')
  expectTypeOf<'takeLock'>().toExtend<keyof LockTaker>()
  expectTypeOf<'takeLock'>().not.toExtend<keyof DraftReader>()
  expectTypeOf<Extract<keyof DraftReader, `${string}${'ock' | 'ake'}${string}`>>().toBeNever()
  expectTypeOf<DraftReader>().not.toExtend<LockTaker>()
  expectTypeOf<'GetDeploymentDraftLock'>().not.toExtend<ReadOperation>()
})
