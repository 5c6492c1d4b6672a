import { flinkEndpoint, stsEndpoint } from '@lockdesk/flink-client'
import type { WorkspaceConfig } from './config.ts'
import type { Fault } from './config-fault.ts'
import { demoWorkspace } from './demo-workspace.ts'
import type { SettingName, Settings } from './settings.ts'
import * as value from './values.ts'
import { neededToDiscover, regionIn } from './region-in.ts'
import { type FileWorkspace, readWorkspacesFile } from './workspaces-file.ts'

export interface ReadWorkspaces {
  workspaces: WorkspaceConfig[]
  /** Of environment names under which the workspaces' keys are. */
  prefixes: string[]
  faults: Fault[]
}

/** The emulated workspace. What else is set holds for it too, but for where its cloud is and with which key. */
export function readDemoWorkspace(settings: Settings, demoCloud: string | undefined): ReadWorkspaces {
  const cloud = value.Endpoint.safeParse(demoCloud ?? '')
  const faults: Fault[] = cloud.success
    ? []
    : [
        {
          setting: '--demo-cloud',
          message: 'must be the origin of the emulated cloud; npm start starts it and says where it is.',
          example: '--demo-cloud http://127.0.0.1:4181',
        },
      ]
  const endpoint = cloud.data ?? ''
  const { id, name, region, credentials, rules, sweepIntervalMs, callsPerMinute } = demoWorkspace
  const common = readCommon(settings, { sweepIntervalMs, callsPerMinute })
  settings.read('LOCKDESK_STS_ENDPOINT', value.Endpoint)
  const namespaces = settings.read('LOCKDESK_NAMESPACES', value.NamespaceList) ?? '*'
  const holderIds = settings.read('LOCKDESK_HOLDER_IDS', value.IdList) ?? []
  // Who follows the link sees what the emulated cloud itself says of its drafts: it has no console.
  const consoleTemplate = common.consoleTemplate ?? '{origin}/_emulator/drafts#{draftId}'
  const place = { id, name, region, endpoint, stsEndpoint: endpoint, namespaces, credentials, holderIds, rules }
  return { workspaces: [{ ...place, ...common, consoleTemplate }], prefixes: [], faults }
}

/** One workspace from the environment, or those of the file; the file's own values go before the environment's. */
export function readLiveWorkspaces(settings: Settings): ReadWorkspaces {
  const common = readCommon(settings, { sweepIntervalMs: 15_000, callsPerMinute: 60 })
  const path = settings.read('LOCKDESK_CONFIG', value.Text)
  if (path === undefined) return { workspaces: readSingle(settings, common), prefixes: [], faults: [] }

  for (const name of ofOneWorkspace)
    if (settings.has(name))
      settings.fault(name, 'is for one workspace, and LOCKDESK_CONFIG names a file of many. Leave one of the two out.')
  const file = readWorkspacesFile(path)
  const { prefixes } = file
  if ('faults' in file) return { workspaces: [], prefixes, faults: file.faults }
  return { workspaces: file.workspaces.map(workspace => completed(workspace, common)), prefixes, faults: [] }
}

const ofOneWorkspace = [
  'LOCKDESK_WORKSPACE',
  'LOCKDESK_REGION',
  'LOCKDESK_ENDPOINT',
  'LOCKDESK_STS_ENDPOINT',
  'LOCKDESK_NAMESPACES',
  'LOCKDESK_HOLDER_IDS',
] as const satisfies readonly SettingName[]

/** What every workspace has that does not say otherwise. */
type Common = Pick<
  WorkspaceConfig,
  'sweepIntervalMs' | 'callsPerMinute' | 'callTimeoutMs' | 'policy' | 'overdueAfterMs' | 'consoleTemplate'
>

function readCommon(settings: Settings, defaults: Pick<Common, 'sweepIntervalMs' | 'callsPerMinute'>): Common {
  return {
    sweepIntervalMs: settings.read('LOCKDESK_SWEEP_INTERVAL', value.SweepInterval) ?? defaults.sweepIntervalMs,
    callsPerMinute: settings.read('LOCKDESK_CALLS_PER_MINUTE', value.CallsPerMinute) ?? defaults.callsPerMinute,
    callTimeoutMs: settings.read('LOCKDESK_CALL_TIMEOUT', value.seconds(0.2, 120)) ?? 10_000,
    policy: settings.read('LOCKDESK_POLICY', value.Policy) ?? 'soft',
    overdueAfterMs: settings.read('LOCKDESK_OVERDUE_AFTER', value.Duration) ?? 8 * 3_600_000,
    consoleTemplate: settings.read('LOCKDESK_CONSOLE_TEMPLATE', value.ConsoleTemplate) ?? null,
  }
}

function readSingle(settings: Settings, common: Common): WorkspaceConfig[] {
  const id = settings.read('LOCKDESK_WORKSPACE', value.WorkspaceId)
  const region = settings.read('LOCKDESK_REGION', value.Region)
  const endpoint = settings.read('LOCKDESK_ENDPOINT', value.Endpoint)
  const namespaces = settings.read('LOCKDESK_NAMESPACES', value.NamespaceList)
  const sts = settings.read('LOCKDESK_STS_ENDPOINT', value.Endpoint)
  const holderIds = settings.read('LOCKDESK_HOLDER_IDS', value.IdList)
  if (!settings.has('LOCKDESK_WORKSPACE'))
    settings.fault('LOCKDESK_WORKSPACE', 'is missing: its id says which workspace to watch.')
  if (!settings.has('LOCKDESK_REGION') && !settings.has('LOCKDESK_ENDPOINT'))
    settings.fault('LOCKDESK_REGION', 'is missing: without it, or LOCKDESK_ENDPOINT, nobody knows where the cloud is.')
  if (!settings.has('LOCKDESK_NAMESPACES'))
    settings.fault('LOCKDESK_NAMESPACES', 'is missing: name them, or * for all that the credential may edit.')
  // Told by what was meant, so that it is told beside whatever is wrong with the endpoint itself.
  const meant = settings.text('LOCKDESK_ENDPOINT')
  if (!settings.has('LOCKDESK_REGION') && meant !== undefined && namespaces === '*' && regionIn(meant) === undefined)
    settings.fault('LOCKDESK_REGION', neededToDiscover)
  if (id === undefined || namespaces === undefined || (region === undefined && endpoint === undefined)) return []
  return [completed({ id, region, endpoint, namespaces, stsEndpoint: sts, holderIds }, common)]
}

type Given = Partial<FileWorkspace> & Pick<FileWorkspace, 'id' | 'namespaces'>

function completed(given: Given, common: Common): WorkspaceConfig {
  const { id, name, endpoint, namespaces, credentials, holderIds, rules } = given
  const region = given.region ?? regionIn(endpoint ?? '') ?? ''
  return {
    id,
    name: name ?? id,
    region,
    endpoint: endpoint ?? flinkEndpoint(region),
    stsEndpoint:
      given.stsEndpoint ?? (given.region === undefined ? 'https://sts.aliyuncs.com' : stsEndpoint(given.region)),
    namespaces,
    credentials: credentials ?? 'default',
    holderIds: holderIds ?? [],
    sweepIntervalMs: given.sweepInterval ?? common.sweepIntervalMs,
    callsPerMinute: given.callsPerMinute ?? common.callsPerMinute,
    callTimeoutMs: common.callTimeoutMs,
    policy: given.policy ?? common.policy,
    overdueAfterMs: given.overdueAfter ?? common.overdueAfterMs,
    consoleTemplate: given.consoleTemplate ?? common.consoleTemplate,
    rules: (rules ?? []).map(rule => ({
      namespaces: rule.namespaces,
      ...(rule.policy !== undefined && { policy: rule.policy }),
      ...(rule.overdueAfter !== undefined && { overdueAfterMs: rule.overdueAfter }),
    })),
  }
}
