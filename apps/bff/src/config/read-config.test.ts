import { expect, test } from 'vitest'
import { ConfigFault } from './config-fault.ts'
import { modeOf } from './mode.ts'
import { readConfig, readDatabaseUrl } from './read-config.ts'

const demo = { demoCloud: 'http://127.0.0.1:4181', dataFolder: '/data' }
const live = { LOCKDESK_WORKSPACE: 'a14bd5d90a1234', LOCKDESK_REGION: 'cn-hangzhou', LOCKDESK_NAMESPACES: 'trade-prod' }

/** What is told of a configuration, by setting. */
function faultsOf(env: Record<string, string>, args = demo): Record<string, string> {
  try {
    readConfig(env, args)
    return {}
  } catch (fault) {
    if (!(fault instanceof ConfigFault)) throw fault
    return Object.fromEntries(fault.faults.map(({ setting, message }) => [setting, message]))
  }
}

test('nothing set is the demo, with its key, its pace and its hard namespace', () => {
  const config = readConfig({}, demo)
  expect(config).toMatchObject({
    mode: 'demo',
    port: 4180,
    host: '127.0.0.1',
    publicUrl: 'http://localhost:4180',
    databaseUrl: 'sqlite:/data/lockdesk.sqlite',
    dataFolder: '/data',
    secret: null,
    takesPerMinute: 30,
    streamsPerPerson: 8,
    trustedProxies: [],
    firstAdmin: null,
  })
  expect(config.workspaces).toEqual([
    {
      id: 'a14bd5d90a1234',
      name: 'hz-realtime',
      region: 'cn-hangzhou',
      endpoint: 'http://127.0.0.1:4181',
      stsEndpoint: 'http://127.0.0.1:4181',
      namespaces: '*',
      credentials: { accessKeyId: 'LTAI5tLockdeskDemo', accessKeySecret: 'lockdesk-demo-secret' },
      holderIds: [],
      sweepIntervalMs: 5_000,
      callsPerMinute: 600,
      callTimeoutMs: 10_000,
      policy: 'soft',
      overdueAfterMs: 8 * 3_600_000,
      consoleTemplate: '{origin}/_emulator/drafts#{draftId}',
      rules: [{ namespaces: '*-prod', policy: 'hard' }],
    },
  ])
})

test('how long entries are kept and where they are told besides is read in the units of the house', () => {
  expect(readConfig({}, demo)).toMatchObject({ retentionMs: null, sink: null })
  const settings = {
    LOCKDESK_RETENTION: '180d',
    LOCKDESK_SINK: 'https://logs.example.com/in?a=1',
    LOCKDESK_SINK_TOKEN: 't',
  }
  expect(readConfig(settings, demo)).toMatchObject({
    retentionMs: 180 * 86_400_000,
    sink: { kind: 'http', url: 'https://logs.example.com/in?a=1', token: 't' },
  })
  expect(readConfig({ LOCKDESK_SINK: 'file:/var/log/lockdesk.jsonl' }, demo).sink).toEqual({
    kind: 'file',
    path: '/var/log/lockdesk.jsonl',
  })
  expect(faultsOf({ LOCKDESK_SINK: 'file:/x', LOCKDESK_SINK_TOKEN: 't' })).toHaveProperty('LOCKDESK_SINK_TOKEN')
})

test('a cloud key found alone is not used, and the first line says so', () => {
  const env = { ALIBABA_CLOUD_ACCESS_KEY_ID: 'LTAI-real', ALIBABA_CLOUD_ACCESS_KEY_SECRET: 's' }
  const config = readConfig(env, demo)
  expect(config.mode).toBe('demo')
  expect(modeOf(env).sentence).toContain('ALIBABA_CLOUD_ACCESS_KEY_ID is not used')
  expect(JSON.stringify(config)).not.toContain('LTAI-real')
  expect(modeOf({}).sentence).toBe(
    'Lockdesk runs as a demo, on an emulated cloud: none of LOCKDESK_WORKSPACE, LOCKDESK_REGION, LOCKDESK_ENDPOINT and LOCKDESK_CONFIG is set.',
  )
})

test.each(['LOCKDESK_WORKSPACE', 'LOCKDESK_REGION', 'LOCKDESK_ENDPOINT', 'LOCKDESK_CONFIG'])(
  '%s set means live, and what is missing then is told',
  name => {
    const faults = faultsOf({ [name]: name === 'LOCKDESK_REGION' ? 'cn-hangzhou' : 'https://a.example' })
    expect(Object.keys(faults).length).toBeGreaterThan(0)
    expect(Object.keys(faults)).not.toContain('--demo-cloud')
  },
)

test('set to nothing is not set', () => {
  expect(
    readConfig({ LOCKDESK_WORKSPACE: '', LOCKDESK_CONFIG: '  ', LOCKDESK_RETENTION: '', PORT: '' }, demo).mode,
  ).toBe('demo')
})

test('live: the endpoints come from the region', () => {
  const config = readConfig(live, { dataFolder: '/data' })
  expect(config.mode).toBe('live')
  expect(modeOf(live).sentence).toBe(
    'Lockdesk runs live, against the real cloud: LOCKDESK_WORKSPACE and LOCKDESK_REGION are set.',
  )
  expect(config.workspaces[0]).toMatchObject({
    id: 'a14bd5d90a1234',
    name: 'a14bd5d90a1234',
    endpoint: 'https://ververica.cn-hangzhou.aliyuncs.com',
    stsEndpoint: 'https://sts.cn-hangzhou.aliyuncs.com',
    namespaces: ['trade-prod'],
    credentials: 'default',
    sweepIntervalMs: 15_000,
    callsPerMinute: 60,
    rules: [],
  })
})

test('every setting of one workspace is read', () => {
  const env = {
    ...live,
    PORT: '8080',
    HOST: '0.0.0.0',
    LOCKDESK_PUBLIC_URL: 'https://Lockdesk.example/',
    LOCKDESK_DATABASE_URL: 'sqlite:/var/lib/lockdesk/a.sqlite',
    LOCKDESK_NAMESPACES: ' a b , a~b,a*b,支付🚀,a b',
    LOCKDESK_ENDPOINT: 'http://LOCALHOST:4181/',
    LOCKDESK_STS_ENDPOINT: 'http://127.0.0.1:4181',
    LOCKDESK_SWEEP_INTERVAL: '0.5',
    LOCKDESK_CALLS_PER_MINUTE: '120',
    LOCKDESK_CALL_TIMEOUT: '2',
    LOCKDESK_TAKES_PER_MINUTE: '0',
    LOCKDESK_STREAMS_PER_PERSON: '0',
    LOCKDESK_OVERDUE_AFTER: '30m',
    LOCKDESK_POLICY: 'hard',
    LOCKDESK_HOLDER_IDS: '1,2, 1',
    LOCKDESK_CONSOLE_TEMPLATE: 'https://console.example/{workspace}/{namespace}/{draftId}',
    LOCKDESK_IDENTITY: 'service',
    LOCKDESK_ADMIN_EMAIL: 'Lin@Example.com',
    LOCKDESK_ADMIN_PASSWORD: 'a long password',
    LOCKDESK_TRUSTED_PROXIES: '10.0.0.7, 10.1.0.0/16, ::1',
    LOCKDESK_SECRET: 'x'.repeat(32),
    LOCKDESK_EMULATOR_PORT: '4181',
  }
  const config = readConfig(env, {})
  expect(config).toMatchObject({
    port: 8080,
    host: '0.0.0.0',
    publicUrl: 'https://lockdesk.example',
    databaseUrl: 'sqlite:/var/lib/lockdesk/a.sqlite',
    dataFolder: '/var/lib/lockdesk',
    secret: 'x'.repeat(32),
    takesPerMinute: 0,
    streamsPerPerson: 0,
    trustedProxies: ['10.0.0.7', '10.1.0.0/16', '::1'],
    firstAdmin: { email: 'lin@example.com', password: 'a long password' },
  })
  expect(config.workspaces[0]).toMatchObject({
    endpoint: 'http://localhost:4181',
    stsEndpoint: 'http://127.0.0.1:4181',
    namespaces: ['a b', 'a~b', 'a*b', '支付🚀'],
    sweepIntervalMs: 500,
    callsPerMinute: 120,
    callTimeoutMs: 2_000,
    overdueAfterMs: 1_800_000,
    policy: 'hard',
    holderIds: ['1', '2'],
    consoleTemplate: 'https://console.example/{workspace}/{namespace}/{draftId}',
  })
})

test('every fault is told at once, with an example', () => {
  const env = {
    LOCKDESK_WORKSPACE: 'a b',
    LOCKDESK_REGION: 'cn-nowhere',
    PORT: '99999',
    LOCKDESK_SWEEP_INTERVAL: '15s',
    LOCKDESK_OVERDUE_AFTER: '8',
    LOCKDESK_POLICY: 'firm',
    LOCKDESK_POLICCY: 'soft',
    LOCKDESK_WHATEVER: '1',
  }
  expect(Object.keys(faultsOf(env)).sort()).toEqual([
    'LOCKDESK_NAMESPACES',
    'LOCKDESK_OVERDUE_AFTER',
    'LOCKDESK_POLICCY',
    'LOCKDESK_POLICY',
    'LOCKDESK_REGION',
    'LOCKDESK_SWEEP_INTERVAL',
    'LOCKDESK_WHATEVER',
    'LOCKDESK_WORKSPACE',
    'PORT',
  ])
  expect(faultsOf(env)['LOCKDESK_POLICCY']).toContain('Is LOCKDESK_POLICY meant?')
  expect(faultsOf(env)['LOCKDESK_REGION']).toContain('cn-shanghai-finance-1')
  expect(() => readConfig(env, demo)).toThrow(/ {2}LOCKDESK_OVERDUE_AFTER .*Example: LOCKDESK_OVERDUE_AFTER=8h/)
})

test.each([
  ['LOCKDESK_IDENTITY', 'assume-role', 'not built yet'],
  ['LOCKDESK_ROLE_ARN', 'acs:ram::1:role/x', 'not built yet'],
  ['LOCKDESK_OIDC_PROVIDER_ARN', 'acs:ram::1:oidc/x', 'not built yet'],
  ['LOCKDESK_OIDC_ISSUER', 'https://idp.example', 'not built yet'],
  ['LOCKDESK_OIDC_CLIENT_ID', 'x', 'not built yet'],
  ['LOCKDESK_OIDC_CLIENT_SECRET', 'a-password', 'not built yet'],
  ['LOCKDESK_OIDC_GROUPS_CLAIM', 'groups', 'not built yet'],
  ['LOCKDESK_RETENTION', '90', 'with its unit'],
  ['LOCKDESK_RETENTION', '0d', 'from 1s to 36500d'],
  ['LOCKDESK_SINK', 'logs.example.com', 'must be file:PATH'],
  ['LOCKDESK_SINK', 'ftp://logs.example.com', 'must be file:PATH'],
  ['LOCKDESK_SINK', 'file:///var/log/lockdesk.jsonl', 'without //'],
  ['LOCKDESK_SINK', 'https://me:secret@logs.example.com', 'LOCKDESK_SINK_TOKEN'],
  ['LOCKDESK_SINK_TOKEN', 'x', 'there is none'],
  ['LOCKDESK_DATABASE_URL', 'mysql://a-password@x', 'sqlite:PATH'],
  ['LOCKDESK_DATABASE_URL', 'sqlite://data/x.sqlite', 'without //'],
  ['LOCKDESK_ENDPOINT', 'http://ververica.example', 'loopback'],
  ['LOCKDESK_ENDPOINT', 'https://u:a-password@ververica.example', 'must not carry'],
  ['LOCKDESK_ENDPOINT', 'https://ververica.example/path', 'origin only'],
  ['LOCKDESK_ENDPOINT', 'https://ververica.example/?q=1', 'origin only'],
  ['LOCKDESK_STS_ENDPOINT', 'sts.example', 'full origin'],
  ['LOCKDESK_PUBLIC_URL', 'http://lockdesk.example', 'loopback only'],
  ['LOCKDESK_PUBLIC_URL', 'https://lockdesk.example/desk', 'without path'],
  ['LOCKDESK_NAMESPACES', ' , ', 'at least one'],
  ['LOCKDESK_NAMESPACES', 'a,*', '* alone'],
  ['LOCKDESK_NAMESPACES', '..', 'no namespace can have'],
  ['LOCKDESK_SWEEP_INTERVAL', '0', 'from 0.2 to 3600'],
  ['LOCKDESK_CALLS_PER_MINUTE', '3', 'from 4'],
  ['LOCKDESK_CALLS_PER_MINUTE', '60.5', 'whole number'],
  ['LOCKDESK_CALL_TIMEOUT', 'NaN', 'number of seconds'],
  ['LOCKDESK_OVERDUE_AFTER', '500d', 'from 1s to 366d'],
  ['LOCKDESK_CONSOLE_TEMPLATE', 'javascript:alert(1)', 'http or https'],
  ['LOCKDESK_CONSOLE_TEMPLATE', 'https://console.example/{draft}', '{draftId} only'],
  ['LOCKDESK_TRUSTED_PROXIES', '10.0.0.0/33', 'ranges'],
  ['LOCKDESK_TRUSTED_PROXIES', 'proxy.example', 'addresses'],
  ['LOCKDESK_SECRET', 'short-a-password', 'at least 32'],
  ['LOCKDESK_EMULATOR_PORT', '0', 'port'],
])('%s=%s is a fault that says why, and repeats no password', (name, value, why) => {
  const faults = faultsOf({ ...live, [name]: value })
  expect(Object.keys(faults)).toEqual([name])
  expect(faults[name]).toContain(why)
  expect(faults[name]).not.toContain('a-password')
})

test('half of a first admin is a fault, and so is a password that is too short', () => {
  expect(faultsOf({ ...live, LOCKDESK_ADMIN_EMAIL: 'lin@example.com' })).toHaveProperty('LOCKDESK_ADMIN_PASSWORD')
  expect(faultsOf({ ...live, LOCKDESK_ADMIN_PASSWORD: 'a long password' })).toHaveProperty('LOCKDESK_ADMIN_EMAIL')
  const short = faultsOf({ ...live, LOCKDESK_ADMIN_EMAIL: 'lin@example.com', LOCKDESK_ADMIN_PASSWORD: 'elevenchars' })
  expect(short).toEqual({ LOCKDESK_ADMIN_PASSWORD: 'must have at least 12 characters.' })
})

test('an endpoint of the cloud tells its region; where none is told, namespaces cannot be discovered', () => {
  const env = { LOCKDESK_WORKSPACE: 'w', LOCKDESK_NAMESPACES: '*' }
  const vpc = readConfig({ ...env, LOCKDESK_ENDPOINT: 'https://ververica-vpc.eu-central-1.aliyuncs.com' }, {})
  expect(vpc.workspaces[0]).toMatchObject({ region: 'eu-central-1', namespaces: '*' })
  expect(faultsOf({ ...env, LOCKDESK_ENDPOINT: 'https://proxy.example' })).toHaveProperty('LOCKDESK_REGION')
})

test('a region that is needed is told beside whatever else is wrong', () => {
  const env = { LOCKDESK_WORKSPACE: 'a b', LOCKDESK_NAMESPACES: '*' }
  const told = (endpoint: string) => Object.keys(faultsOf({ ...env, LOCKDESK_ENDPOINT: endpoint })).toSorted()
  expect(told('proxy.example')).toEqual(['LOCKDESK_ENDPOINT', 'LOCKDESK_REGION', 'LOCKDESK_WORKSPACE'])
  expect(told('https://proxy.example')).toEqual(['LOCKDESK_REGION', 'LOCKDESK_WORKSPACE'])
  expect(told('https://ververica.cn-hangzhou.aliyuncs.com')).toEqual(['LOCKDESK_WORKSPACE'])
})

test('every fault has an example, of what is meant or of what to do', () => {
  const env = { ...live, LOCKDESK_POLICCY: 'soft', LOCKDESK_WHATEVER: '1', LOCKDESK_ROLE_ARN: 'x' }
  expect(() => readConfig(env, {})).toThrow(/ {2}LOCKDESK_POLICCY .*Example: LOCKDESK_POLICY=soft/)
  expect(() => readConfig(env, {})).toThrow(/ {2}LOCKDESK_WHATEVER .*Example: unset LOCKDESK_WHATEVER/)
  expect(() => readConfig(env, {})).toThrow(/ {2}LOCKDESK_ROLE_ARN .*Example: unset LOCKDESK_ROLE_ARN/)
})

test('PostgreSQL needs a secret that all replicas share, and an address', () => {
  const env = { ...live, LOCKDESK_DATABASE_URL: 'postgres://ld:a-password@db.example.com/lockdesk' }
  expect(faultsOf(env)).toEqual({ LOCKDESK_SECRET: expect.stringContaining('all replicas') })
  const config = readConfig({ ...env, LOCKDESK_SECRET: 's'.repeat(32) }, {})
  expect(config).toMatchObject({ databaseUrl: env.LOCKDESK_DATABASE_URL, dataFolder: null })
  expect(faultsOf({ ...live, LOCKDESK_DATABASE_URL: 'postgres:lockdesk' })['LOCKDESK_DATABASE_URL']).toContain('HOST')
})

test('an emulated cloud that nobody named is a fault of the start', () => {
  expect(faultsOf({}, { demoCloud: '', dataFolder: '/data' })).toHaveProperty('--demo-cloud')
})

test('an operator’s command needs the store only', () => {
  expect(readDatabaseUrl({ LOCKDESK_REGION: 'cn-nowhere' }, { dataFolder: '/data' })).toBe(
    'sqlite:/data/lockdesk.sqlite',
  )
  expect(readDatabaseUrl({ LOCKDESK_DATABASE_URL: 'sqlite:/x.sqlite' }, {})).toBe('sqlite:/x.sqlite')
  expect(() => readDatabaseUrl({ LOCKDESK_DATABASE_URL: 'mysql://x' }, {})).toThrow('sqlite:PATH')
})
