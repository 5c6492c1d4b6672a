import { dirname, join, resolve } from 'node:path'
import type { Arguments } from './arguments.ts'
import type { Config } from './config.ts'
import { ConfigFault, type Fault } from './config-fault.ts'
import { modeOf } from './mode.ts'
import { readDemoWorkspace, readLiveWorkspaces } from './read-workspaces.ts'
import { isPostgres } from '../database/is-postgres.ts'
import { type Environment, type Settings, readSettings, strangeSettings } from './settings.ts'
import * as value from './values.ts'

/**
 * Reads the whole configuration from the environment, the file that it names, and the command line.
 * @param found what is wrong and shows elsewhere than in the settings: told with the rest
 * @throws ConfigFault with everything that is wrong
 */
export function readConfig(env: Environment, args: Arguments, found: readonly Fault[] = []): Config {
  const settings = readSettings(env)
  const { mode } = modeOf(env)
  const { workspaces, prefixes, faults } =
    mode === 'demo' ? readDemoWorkspace(settings, args.demoCloud) : readLiveWorkspaces(settings)
  const port = settings.read('PORT', value.Port) ?? 4180
  const databaseUrl = databaseUrlOf(settings, mode, args)
  settings.read('LOCKDESK_IDENTITY', value.Identity)
  settings.read('LOCKDESK_EMULATOR_PORT', value.Port)

  const config: Config = {
    mode,
    port,
    host: settings.read('HOST', value.Host) ?? '127.0.0.1',
    publicUrl: settings.read('LOCKDESK_PUBLIC_URL', value.PublicUrl) ?? `http://localhost:${port}`,
    databaseUrl,
    dataFolder: folderOf(databaseUrl),
    secret: settings.read('LOCKDESK_SECRET', value.Secret) ?? null,
    retentionMs: settings.read('LOCKDESK_RETENTION', value.Retention) ?? null,
    sink: readSink(settings),
    takesPerMinute: settings.read('LOCKDESK_TAKES_PER_MINUTE', value.whole(0, 100_000, 'takes')) ?? 30,
    streamsPerPerson: settings.read('LOCKDESK_STREAMS_PER_PERSON', value.whole(0, 100_000, 'streams')) ?? 8,
    trustedProxies: settings.read('LOCKDESK_TRUSTED_PROXIES', value.Proxies) ?? [],
    firstAdmin: readFirstAdmin(settings),
    workspaces,
  }
  // What is kept in one replica's folder is not there for the others.
  if (isPostgres(databaseUrl) && !settings.has('LOCKDESK_SECRET'))
    settings.fault('LOCKDESK_SECRET', 'is required with PostgreSQL: all replicas sign with the same one.')
  refuseFaulty([...settings.faults, ...faults, ...found, ...strangeSettings(env, prefixes)])
  return config
}

/**
 * Only which store it is: what an operator's command needs, also where the rest is not configured.
 * @throws ConfigFault
 */
export function readDatabaseUrl(env: Environment, args: Arguments): string {
  const settings = readSettings(env)
  const url = databaseUrlOf(settings, modeOf(env).mode, args)
  refuseFaulty(settings.faults)
  return url
}

/**
 * Only the secret, where it is configured: an operator's command checks signatures by it.
 * @throws ConfigFault
 */
export function readSecret(env: Environment): string | null {
  const settings = readSettings(env)
  const secret = settings.read('LOCKDESK_SECRET', value.Secret) ?? null
  refuseFaulty(settings.faults)
  return secret
}

/** Whether anything is said of a first admin, be it half or wrong. */
export function namesFirstAdmin(env: Environment): boolean {
  const settings = readSettings(env)
  return settings.has('LOCKDESK_ADMIN_EMAIL') || settings.has('LOCKDESK_ADMIN_PASSWORD')
}

function refuseFaulty(faults: readonly Fault[]): void {
  if (faults.length > 0) throw new ConfigFault(faults)
}

function databaseUrlOf(settings: Settings, mode: Config['mode'], { dataFolder }: Arguments): string {
  const set = settings.read('LOCKDESK_DATABASE_URL', value.DatabaseUrl)
  return set ?? `sqlite:${join(resolve(dataFolder ?? join('data', mode)), 'lockdesk.sqlite')}`
}

function folderOf(databaseUrl: string): string | null {
  if (isPostgres(databaseUrl)) return null
  const path = databaseUrl.slice('sqlite:'.length)
  return path === ':memory:' ? null : dirname(resolve(path))
}

function readSink(settings: Settings): Config['sink'] {
  const sink = settings.read('LOCKDESK_SINK', value.Sink)
  const token = settings.read('LOCKDESK_SINK_TOKEN', value.SinkToken) ?? null
  if (settings.has('LOCKDESK_SINK_TOKEN') && sink?.kind !== 'http')
    settings.fault('LOCKDESK_SINK_TOKEN', 'is for a LOCKDESK_SINK that is an address, and there is none.')
  return sink?.kind === 'http' ? { ...sink, token } : (sink ?? null)
}

/** Both or neither: half of it would be found out at the first sign-in only. */
function readFirstAdmin(settings: Settings): Config['firstAdmin'] {
  const email = settings.read('LOCKDESK_ADMIN_EMAIL', value.Email)
  const password = settings.read('LOCKDESK_ADMIN_PASSWORD', value.Password)
  const has = { email: settings.has('LOCKDESK_ADMIN_EMAIL'), password: settings.has('LOCKDESK_ADMIN_PASSWORD') }
  if (has.email && !has.password)
    settings.fault(
      'LOCKDESK_ADMIN_PASSWORD',
      'is missing: LOCKDESK_ADMIN_EMAIL is set, and the first admin needs both.',
    )
  if (has.password && !has.email)
    settings.fault(
      'LOCKDESK_ADMIN_EMAIL',
      'is missing: LOCKDESK_ADMIN_PASSWORD is set, and the first admin needs both.',
    )
  return email !== undefined && password !== undefined ? { email, password } : null
}
