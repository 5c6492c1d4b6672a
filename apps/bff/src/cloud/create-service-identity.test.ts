import { createFlinkClient } from '@lockdesk/flink-client'
import { demoKey, roleKey, startEmulator, type AccessKey, type RunningEmulator } from '@lockdesk/flink-emulator'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createServiceIdentity } from './create-service-identity.ts'

let cloud: RunningEmulator
const ends: (() => Promise<void>)[] = []

beforeEach(async () => {
  cloud = await startEmulator({ world: { drafts: 0 } })
  ends.push(cloud.close)
})

afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end()
})

function identityOf(key: AccessKey, holderIds: string[] = []) {
  const client = createFlinkClient({
    workspace: 'a14bd5d90a1234',
    regionId: 'cn-hangzhou',
    endpoint: cloud.url,
    stsEndpoint: cloud.url,
    credentials: async () => key,
    timeoutMs: 2_000,
  })
  ends.push(client.close)
  const slept: number[] = []
  const identity = createServiceIdentity({
    reader: client.identity,
    holderIds,
    random: () => 0.5,
    sleep: async ms => void slept.push(ms),
  })
  return { identity, slept }
}

const asked = (key = demoKey) => cloud.emulator.calls()[key.accessKeyId]?.['GetCallerIdentity'] ?? 0

test('is asked for once, also by many at a time, and then known', async () => {
  const { identity } = identityOf(demoKey)
  expect(identity.known()).toBeNull()
  const both = await Promise.all([identity.ask('person'), identity.ask('sweep')])
  expect(both[0]).toEqual({ name: 'svc-lockdesk', ids: ['271828182845904523'], isCertain: true })
  expect(both[1]).toBe(both[0])
  expect(identity.known()).toBe(both[0])
  await identity.ask('person')
  expect(asked()).toBe(1)
})

test('a role is several ids until it is told which one counts', async () => {
  const told = await identityOf(roleKey).identity.ask('person')
  expect(told.isCertain).toBe(false)
  expect(told.ids).toEqual(['344584339364951186', '344584339364951186:lockdesk', 'lockdesk'])
  const configured = await identityOf(roleKey, ['8344584338']).identity.ask('person')
  expect(configured).toEqual({ name: 'lockdesk-service/lockdesk', ids: ['8344584338'], isCertain: true })
})

test('configured ids stand beside a user id that is certain, and first', async () => {
  const { identity } = identityOf(demoKey, ['42'])
  expect((await identity.ask('person')).ids).toEqual(['42', '271828182845904523'])
})

test('configured ids are enough where the cloud does not say', async () => {
  cloud.emulator.addFault({ kind: 'error', operation: 'GetCallerIdentity', status: 403, code: 'NoPermission' })
  const { identity } = identityOf(roleKey, ['42'])
  expect(identity.known()).toEqual({ name: '42', ids: ['42'], isCertain: true })
  expect(await identity.ask('person')).toEqual({ name: '42', ids: ['42'], isCertain: true })
  await expect(identityOf(roleKey).identity.ask('person')).rejects.toThrow('GetCallerIdentity')
})

test('a failure is not kept: it is asked again, ever more rarely, until it is told', async () => {
  cloud.emulator.addFault({
    kind: 'error',
    operation: 'GetCallerIdentity',
    status: 403,
    code: 'NoPermission',
    times: 3,
  })
  const { identity, slept } = identityOf(demoKey)
  await identity.learn(new AbortController().signal)
  expect(identity.known()?.name).toBe('svc-lockdesk')
  expect(slept).toEqual([2_000, 3_000, 5_000])
})

test('learning ends when it is told to', async () => {
  const { identity } = identityOf(demoKey)
  await identity.learn(AbortSignal.abort())
  expect(identity.known()).toBeNull()
  expect(asked()).toBe(0)
})
