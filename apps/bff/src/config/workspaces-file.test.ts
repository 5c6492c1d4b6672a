import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ConfigFault } from './config-fault.ts'
import { readConfig } from './read-config.ts'
import { rulesOf } from './rules-of.ts'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lockdesk-config-'))
})

afterEach(() => rmSync(folder, { recursive: true, force: true }))

function read(yaml: string, env: Record<string, string> = {}) {
  writeFileSync(`${folder}/lockdesk.yaml`, yaml)
  return readConfig({ LOCKDESK_CONFIG: `${folder}/lockdesk.yaml`, ...env }, { dataFolder: folder })
}

function faultsOf(yaml: string, env: Record<string, string> = {}): Record<string, string> {
  try {
    read(yaml, env)
    return {}
  } catch (fault) {
    if (!(fault instanceof ConfigFault)) throw fault
    return Object.fromEntries(
      fault.faults.map(({ setting, message }) => [setting.replace('LOCKDESK_CONFIG: ', ''), message]),
    )
  }
}

const two = `
workspaces:
  - id: a14bd5d90a1234
    name: hz-realtime
    region: cn-hangzhou
    namespaces: ["trade-prod", "risk-prod"]
    credentials: env:HANGZHOU
    identity: service
    holderIds: [278463638774561234]
    sweepInterval: 20
    callsPerMinute: 120
    overdueAfter: 12h
    policy: soft
    consoleTemplate: "{origin}/web/{workspace}"
    rules:
      - { namespaces: "*-prod", policy: hard, overdueAfter: 4h }
      - { namespaces: "trade-*", overdueAfter: 1d }
  - id: 00123456789012
    region: eu-central-1
    endpoint: https://ververica-vpc.eu-central-1.aliyuncs.com
    namespaces: "*"
`

test('many workspaces, each with what it says itself and else with what the environment says', () => {
  const [first, second] = read(two, { LOCKDESK_SWEEP_INTERVAL: '30' }).workspaces
  expect(first).toMatchObject({
    name: 'hz-realtime',
    namespaces: ['trade-prod', 'risk-prod'],
    credentials: 'env:HANGZHOU',
    holderIds: ['278463638774561234'],
    sweepIntervalMs: 20_000,
    callsPerMinute: 120,
    overdueAfterMs: 12 * 3_600_000,
  })
  expect(second).toMatchObject({
    id: '00123456789012',
    name: '00123456789012',
    endpoint: 'https://ververica-vpc.eu-central-1.aliyuncs.com',
    stsEndpoint: 'https://sts.eu-central-1.aliyuncs.com',
    namespaces: '*',
    sweepIntervalMs: 30_000,
  })
})

test('the first rule that fits counts, and what it does not say is as in the workspace', () => {
  const [first] = read(two).workspaces
  expect(first && rulesOf(first, 'trade-prod')).toEqual({ policy: 'hard', overdueAfterMs: 4 * 3_600_000 })
  expect(first && rulesOf(first, 'trade-dev')).toEqual({ policy: 'soft', overdueAfterMs: 24 * 3_600_000 })
  expect(first && rulesOf(first, 'risk')).toEqual({ policy: 'soft', overdueAfterMs: 12 * 3_600_000 })
})

test('a pattern means its dots and brackets as they stand', () => {
  const rule = {
    policy: 'soft' as const,
    overdueAfterMs: 1,
    rules: [{ namespaces: 'a.(b)*c', policy: 'hard' as const }],
  }
  expect(rulesOf(rule, 'a.(b)xxc').policy).toBe('hard')
  expect(rulesOf(rule, 'ax(b)xxc').policy).toBe('soft')
  expect(rulesOf(rule, 'a.(b)xxcd').policy).toBe('soft')
})

test('everything that is wrong in the file is told with its place', () => {
  const faults = faultsOf(`
workspaces:
  - id: w1
    regoin: cn-hangzhou
    namespaces: []
    policy: firm
    identity: assume-role
    rules: [{ namespaces: "*", overdueAfter: 4 }]
  - region: cn-nowhere
    namespaces: [a]
    credentials: mine
`)
  expect(faults).toEqual({
    'workspaces.0.regoin': 'is not a key of this file. Is region meant?',
    'workspaces.0.region': 'is missing: without it, or an endpoint, nobody knows where the cloud is.',
    'workspaces.0.namespaces': 'must name at least one namespace, or be *.',
    'workspaces.0.policy': 'must be soft or hard.',
    'workspaces.0.identity': 'must be service: taking locks as a role of one’s own is not built yet.',
    'workspaces.0.rules.0.overdueAfter': 'must be a time from 1s to 366d with its unit: s, m, h or d.',
    'workspaces.1.id': 'is missing.',
    'workspaces.1.region': expect.stringContaining('must be one of') as string,
    'workspaces.1.credentials': 'must be default, profile:NAME or env:PREFIX.',
  })
})

test('what is wrong with workspaces together is told beside what is wrong in each', () => {
  const faults = faultsOf(`
workspaces:
  - { id: w, region: cn-hangzhou, namespaces: [a], policy: firm }
  - { id: w, endpoint: "https://proxy.example", namespaces: "*" }
  - { id: v, endpoint: "http://proxy.example/x", namespaces: "*" }
  - { id: u, endpoint: "https://ververica.cn-hangzhou.aliyuncs.com", namespaces: "*" }
  - nothing
`)
  expect(faults).toEqual({
    'workspaces.0.policy': 'must be soft or hard.',
    'workspaces.1.region': expect.stringContaining('the endpoint does not tell which') as string,
    'workspaces.2.endpoint': expect.stringContaining('is not usable') as string,
    'workspaces.2.region': expect.stringContaining('the endpoint does not tell which') as string,
    'workspaces.4': expect.any(String) as string,
    workspaces: 'names a workspace twice.',
  })
})

test('every fault of the file has an example of the key that it is about', () => {
  const examplesOf = (yaml: string) => {
    try {
      read(yaml)
      return {}
    } catch (fault) {
      return Object.fromEntries(
        (fault as ConfigFault).faults.map(({ setting, example }) => [setting.slice(17), example]),
      )
    }
  }
  expect(
    examplesOf(
      'workspaces: [{ regoin: x, region: y, strange: 1, rules: [{ namespaces: "", policy: firm, polici: soft }] }]',
    ),
  ).toEqual({
    'workspaces.0.id': 'id: a14bd5d90a1234',
    'workspaces.0.namespaces': 'namespaces: ["trade-prod", "risk-prod"]',
    'workspaces.0.region': 'region: cn-hangzhou',
    'workspaces.0.regoin': 'region: cn-hangzhou',
    'workspaces.0.strange': expect.stringMatching(/^workspaces: /) as string,
    'workspaces.0.rules.0.namespaces': expect.stringMatching(/^rules: /) as string,
    'workspaces.0.rules.0.policy': 'policy: soft',
    'workspaces.0.rules.0.polici': 'policy: soft',
  })
  for (const yaml of ['workspaces: [', 'workspaces: []', 'workspace: []', ''])
    for (const example of Object.values(examplesOf(yaml))) expect(example).toMatch(/^workspaces: /)
})

test('the keys of a workspace are no unknown settings because another one has a fault', () => {
  const yaml = 'workspaces: [{ id: w, region: x, namespaces: [a], credentials: "env:LOCKDESK_EU" }]'
  expect(Object.keys(faultsOf(yaml, { LOCKDESK_EU_ACCESS_KEY_ID: 'x' }))).toEqual(['workspaces.0.region'])
})

test.each([
  ['a file that is not YAML', 'workspaces: [', 'LOCKDESK_CONFIG', 'is not YAML'],
  ['a key twice', 'workspaces: []\nworkspaces: []', 'LOCKDESK_CONFIG', 'is not YAML'],
  ['an empty file', '', 'the file', ''],
  ['no workspace', 'workspaces: []', 'workspaces', 'at least one'],
  [
    'a workspace twice',
    'workspaces: [{ id: w, region: cn-hangzhou, namespaces: [a] }, { id: w, region: cn-hangzhou, namespaces: [b] }]',
    'workspaces',
    'twice',
  ],
])('%s is a fault', (_, yaml, place, why) => {
  const faults = faultsOf(yaml)
  expect(Object.keys(faults)).toEqual([place])
  expect(faults[place]).toContain(why)
})

test('a file that is not there is a fault that names it', () => {
  expect(() => readConfig({ LOCKDESK_CONFIG: `${folder}/none.yaml` }, {})).toThrow(`(ENOENT): ${folder}/none.yaml`)
})

test('one workspace in the environment and many in a file contradict each other', () => {
  expect(faultsOf(two, { LOCKDESK_WORKSPACE: 'w', LOCKDESK_NAMESPACES: 'a' })).toEqual({
    LOCKDESK_WORKSPACE: expect.stringContaining('Leave one of the two out') as string,
    LOCKDESK_NAMESPACES: expect.stringContaining('Leave one of the two out') as string,
  })
})

test('keys under a name of Lockdesk’s are no unknown settings', () => {
  const yaml = 'workspaces: [{ id: w, region: cn-hangzhou, namespaces: [a], credentials: "env:LOCKDESK_EU" }]'
  const keys = { LOCKDESK_EU_ACCESS_KEY_ID: 'x', LOCKDESK_EU_ACCESS_KEY_SECRET: 'y' }
  expect(faultsOf(yaml, keys)).toEqual({})
  expect(faultsOf(yaml, { ...keys, LOCKDESK_EU_OTHER: 'z' })).toHaveProperty('LOCKDESK_EU_OTHER')
})
