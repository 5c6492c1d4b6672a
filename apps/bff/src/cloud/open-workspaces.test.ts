import { demoKey, demoWorkspace, startEmulator, type RunningEmulator } from '@lockdesk/flink-emulator'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { ConfigFault, readConfig } from '../config/index.ts'
import { openWorkspaces } from './open-workspaces.ts'

let cloud: RunningEmulator
const ends: (() => unknown)[] = []

beforeEach(async () => {
  cloud = await startEmulator({ world: { drafts: 3, namespaceNames: ['trade-prod', 'a b'] } })
  ends.push(cloud.close)
})

afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end()
})

function open(env: Record<string, string>, args: { demoCloud?: string } = {}) {
  const observed: string[] = []
  const opened = openWorkspaces(readConfig(env, args), {
    now: Date.now,
    observe: ({ operation, outcome }) => observed.push(`${operation} ${outcome}`),
    env,
  })
  ends.push(() => Promise.all(opened.map(({ client }) => client.close())))
  return { opened, observed, only: opened[0]! }
}

const sweep = { purpose: 'sweep' } as const

test('the demo reaches the emulated cloud with its own key, whatever key the environment has', async () => {
  const env = { ALIBABA_CLOUD_ACCESS_KEY_ID: 'LTAI-real', ALIBABA_CLOUD_ACCESS_KEY_SECRET: 'real' }
  const { only, observed } = open(env, { demoCloud: cloud.url })
  expect(only).toMatchObject({ id: demoWorkspace, name: 'hz-realtime', namespaces: '*', sweepIntervalMs: 5_000 })
  expect((await only.client.namespaces.listEditable(sweep)).map(({ namespace }) => namespace)).toEqual([
    'trade-prod',
    'a b',
  ])
  await vi.waitFor(() => expect(only.identity.known()?.name).toBe('svc-lockdesk'))
  expect(Object.keys(cloud.emulator.calls())).toEqual([demoKey.accessKeyId])
  expect(observed).toContain('ListEditableNamespace answered')
  expect(only.rulesOf('trade-prod').policy).toBe('hard')
  expect(only.rulesOf('a b').policy).toBe('soft')
  expect(only.budget.state().perMinute).toBe(600)
})

test('live, with the capitals of an endpoint forgiven', async () => {
  const env = {
    LOCKDESK_WORKSPACE: demoWorkspace,
    LOCKDESK_REGION: 'cn-hangzhou',
    LOCKDESK_NAMESPACES: 'a b',
    LOCKDESK_ENDPOINT: `${cloud.url.replace('127.0.0.1', 'LOCALHOST')}/`,
    LOCKDESK_STS_ENDPOINT: cloud.url,
  }
  vi.stubEnv('ALIBABA_CLOUD_ACCESS_KEY_ID', demoKey.accessKeyId)
  vi.stubEnv('ALIBABA_CLOUD_ACCESS_KEY_SECRET', demoKey.accessKeySecret)
  ends.push(() => vi.unstubAllEnvs())
  const { only } = open(env)
  const page = await only.client.drafts.readPage('a b', { index: 1, size: 100 }, sweep)
  expect(page.totalSize).toBe(page.drafts.length)
  const [draft] = page.drafts
  const answer = await only.taker.takeLock('a b', draft?.draftId ?? '', {})
  expect(answer).toMatchObject({ kind: 'granted', lock: { holderName: 'svc-lockdesk' } })
})

test('workspaces behind one key share one budget, the smallest of theirs', () => {
  const folder = mkdtempSync(join(tmpdir(), 'lockdesk-cloud-'))
  ends.push(() => rmSync(folder, { recursive: true }))
  const workspace = (id: string, more: string) =>
    `  - { id: ${id}, region: cn-hangzhou, endpoint: "${cloud.url}", stsEndpoint: "${cloud.url}", namespaces: [a], ${more} }\n`
  const yaml =
    'workspaces:\n' +
    workspace('w1', 'credentials: "env:ONE", callsPerMinute: 90') +
    workspace('w2', 'credentials: "env:ONE"') +
    workspace('w3', 'credentials: "env:TWO"')
  writeFileSync(`${folder}/c.yaml`, yaml)
  const [w1, w2, w3] = open({ LOCKDESK_CONFIG: `${folder}/c.yaml` }).opened
  expect(w1?.budget).toBe(w2?.budget)
  expect(w1?.budget).not.toBe(w3?.budget)
  expect(w1?.budget.state().perMinute).toBe(60)
})

test('a proxy that is no address is told before anything is sent', () => {
  const env = {
    HTTPS_PROXY: 'http://',
    LOCKDESK_WORKSPACE: 'w',
    LOCKDESK_REGION: 'cn-hangzhou',
    LOCKDESK_NAMESPACES: 'a',
  }
  expect(() => open(env)).toThrow(ConfigFault)
})
