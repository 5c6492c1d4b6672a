import type { z } from 'zod'
import type { Fault } from './config-fault.ts'
import { nearest } from './nearest.ts'

export type Environment = Readonly<Record<string, string | undefined>>

/** Every setting of the environment that is read, with an example for whoever got it wrong. */
const examples = {
  PORT: 'PORT=4180',
  HOST: 'HOST=127.0.0.1',
  LOCKDESK_PUBLIC_URL: 'LOCKDESK_PUBLIC_URL=https://lockdesk.example.com',
  LOCKDESK_DATABASE_URL: 'LOCKDESK_DATABASE_URL=sqlite:data/live/lockdesk.sqlite',
  LOCKDESK_REGION: 'LOCKDESK_REGION=cn-hangzhou',
  LOCKDESK_WORKSPACE: 'LOCKDESK_WORKSPACE=a14bd5d90a1234',
  LOCKDESK_NAMESPACES: 'LOCKDESK_NAMESPACES=trade-prod,risk-prod',
  LOCKDESK_ENDPOINT: 'LOCKDESK_ENDPOINT=https://ververica-vpc.cn-hangzhou.aliyuncs.com',
  LOCKDESK_STS_ENDPOINT: 'LOCKDESK_STS_ENDPOINT=https://sts-vpc.cn-hangzhou.aliyuncs.com',
  LOCKDESK_SWEEP_INTERVAL: 'LOCKDESK_SWEEP_INTERVAL=15',
  LOCKDESK_CALLS_PER_MINUTE: 'LOCKDESK_CALLS_PER_MINUTE=60',
  LOCKDESK_CALL_TIMEOUT: 'LOCKDESK_CALL_TIMEOUT=10',
  LOCKDESK_TAKES_PER_MINUTE: 'LOCKDESK_TAKES_PER_MINUTE=30',
  LOCKDESK_STREAMS_PER_PERSON: 'LOCKDESK_STREAMS_PER_PERSON=8',
  LOCKDESK_OVERDUE_AFTER: 'LOCKDESK_OVERDUE_AFTER=8h',
  LOCKDESK_POLICY: 'LOCKDESK_POLICY=soft',
  LOCKDESK_HOLDER_IDS: 'LOCKDESK_HOLDER_IDS=278463638774561234',
  LOCKDESK_CONSOLE_TEMPLATE:
    'LOCKDESK_CONSOLE_TEMPLATE={origin}/web/{workspace}/zh/#/workspaces/{workspace}/namespaces/{namespace}',
  LOCKDESK_IDENTITY: 'LOCKDESK_IDENTITY=service',
  LOCKDESK_ADMIN_EMAIL: 'LOCKDESK_ADMIN_EMAIL=lin@example.com',
  LOCKDESK_ADMIN_PASSWORD: 'LOCKDESK_ADMIN_PASSWORD=(at least 12 characters of your own)',
  LOCKDESK_TRUSTED_PROXIES: 'LOCKDESK_TRUSTED_PROXIES=10.0.0.7,10.1.0.0/16',
  LOCKDESK_RETENTION: 'LOCKDESK_RETENTION=365d',
  LOCKDESK_SINK: 'LOCKDESK_SINK=https://logs.example.com/lockdesk',
  LOCKDESK_SINK_TOKEN: 'LOCKDESK_SINK_TOKEN=(the bearer token of the sink)',
  LOCKDESK_SECRET: 'LOCKDESK_SECRET=$(openssl rand -base64 32)',
  LOCKDESK_EMULATOR_PORT: 'LOCKDESK_EMULATOR_PORT=4181',
  LOCKDESK_CONFIG: 'LOCKDESK_CONFIG=/etc/lockdesk.yaml',
} as const
export type SettingName = keyof typeof examples

/** Settings of capabilities that Lockdesk is to have and has not yet. */
const notBuiltYet = {
  LOCKDESK_ROLE_ARN: 'taking locks as a role of one’s own',
  LOCKDESK_OIDC_PROVIDER_ARN: 'taking locks as a role of one’s own',
  LOCKDESK_OIDC_ISSUER: 'signing in with an identity provider',
  LOCKDESK_OIDC_CLIENT_ID: 'signing in with an identity provider',
  LOCKDESK_OIDC_CLIENT_SECRET: 'signing in with an identity provider',
  LOCKDESK_OIDC_GROUPS_CLAIM: 'signing in with an identity provider',
} as const

export interface Settings {
  readonly faults: Fault[]
  /** Whether it is set; an empty one is not. */
  has(name: SettingName): boolean
  /** As it stands there, whether right or wrong. */
  text(name: SettingName): string | undefined
  /** The value, or undefined where it is not set or wrong; what is wrong is among the faults. */
  read<T>(name: SettingName, schema: z.ZodType<T>): T | undefined
  fault(name: SettingName, message: string): void
}

export function readSettings(env: Environment): Settings {
  const faults: Fault[] = []
  const given = (name: string) => env[name]?.trim() || undefined
  const fault = (name: SettingName, message: string) =>
    void faults.push({ setting: name, message, example: examples[name] })
  return {
    faults,
    has: name => given(name) !== undefined,
    text: given,
    read(name, schema) {
      if (given(name) === undefined) return undefined
      const parsed = schema.safeParse(env[name])
      if (parsed.success) return parsed.data
      fault(name, parsed.error.issues[0]?.message ?? 'cannot be read.')
      return undefined
    },
    fault,
  }
}

/**
 * What is set and unknown, or known and not to be had yet. An empty setting counts as not set.
 * @param prefixes of names that the file gives keys under: `env:PREFIX`
 */
export function strangeSettings(env: Environment, prefixes: readonly string[]): Fault[] {
  const isKey = (name: string) =>
    prefixes.some(prefix => /^_(ACCESS_KEY_ID|ACCESS_KEY_SECRET|SECURITY_TOKEN)$/.test(cut(name, prefix)))
  return Object.entries(env).flatMap(([name, value]): Fault[] => {
    if (!name.startsWith('LOCKDESK_') || !value?.trim() || name in examples || isKey(name)) return []
    if (name in notBuiltYet) {
      const capability = notBuiltYet[name as keyof typeof notBuiltYet]
      const message = `is for ${capability}, which is not built yet. Leave it out.`
      return [{ setting: name, message, example: `unset ${name}` }]
    }
    const { known, isNear } = nearest(name, Object.keys(examples))
    const message = `is not a setting of Lockdesk.${isNear ? ` Is ${known} meant?` : ''}`
    return [{ setting: name, message, example: isNear ? examples[known as SettingName] : `unset ${name}` }]
  })
}

const cut = (name: string, prefix: string) => (name.startsWith(prefix) ? name.slice(prefix.length) : '')
