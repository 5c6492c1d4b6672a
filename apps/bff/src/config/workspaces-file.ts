import { readFileSync } from 'node:fs'
import { parseDocument } from 'yaml'
import { z } from 'zod'
import type { Fault } from './config-fault.ts'
import { nearest } from './nearest.ts'
import { neededToDiscover, regionIn } from './region-in.ts'
import {
  CallsPerMinute,
  ConsoleTemplate,
  CredentialSpec,
  Duration,
  Endpoint,
  IdList,
  Identity,
  NamespaceList,
  Policy,
  Region,
  SweepInterval,
  Text,
  WorkspaceId,
} from './values.ts'

const Rule = z.strictObject({
  namespaces: Text.min(1, 'must be a pattern such as *-prod.'),
  policy: Policy.optional(),
  overdueAfter: Duration.optional(),
})

const FileWorkspace = z
  .strictObject({
    id: WorkspaceId,
    name: Text.min(1).max(100).optional(),
    region: Region.optional(),
    namespaces: NamespaceList,
    credentials: CredentialSpec.optional(),
    identity: Identity.optional(),
    endpoint: Endpoint.optional(),
    stsEndpoint: Endpoint.optional(),
    holderIds: IdList.optional(),
    sweepInterval: SweepInterval.optional(),
    callsPerMinute: CallsPerMinute.optional(),
    overdueAfter: Duration.optional(),
    policy: Policy.optional(),
    consoleTemplate: ConsoleTemplate.optional(),
    rules: z.array(Rule, 'must be a list.').optional(),
  })
  .refine(({ region, endpoint }) => region !== undefined || endpoint !== undefined, {
    error: 'is missing: without it, or an endpoint, nobody knows where the cloud is.',
    path: ['region'],
    // Also where something else is wrong: everything is listed at once.
    when: isMapping,
  })
  .refine(
    ({ region, endpoint, namespaces }) =>
      region !== undefined || endpoint === undefined || namespaces !== '*' || regionIn(String(endpoint)) !== undefined,
    { error: neededToDiscover, path: ['region'], when: isMapping },
  )
export type FileWorkspace = z.output<typeof FileWorkspace>

function isMapping({ value }: { value: unknown }): boolean {
  return typeof value === 'object' && value !== null
}

const File = z.strictObject({
  workspaces: z
    .array(FileWorkspace, 'must be a list of workspaces.')
    .min(1, 'must name at least one workspace.')
    .refine(hasEachOnce, { error: 'names a workspace twice.', when: ({ value }) => Array.isArray(value) }),
})

/** Of workspaces as far as they could be read: those without a usable id are told for that. */
function hasEachOnce(list: readonly ({ id?: unknown } | null | undefined)[]): boolean {
  const ids = list.flatMap(one => (typeof one?.id === 'string' ? [one.id] : []))
  return new Set(ids).size === ids.length
}

/** For the key that a fault is about. */
const examples: Record<string, string> = {
  id: 'id: a14bd5d90a1234',
  name: 'name: hz-realtime',
  region: 'region: cn-hangzhou',
  namespaces: 'namespaces: ["trade-prod", "risk-prod"]',
  credentials: 'credentials: default',
  identity: 'identity: service',
  endpoint: 'endpoint: https://ververica-vpc.cn-hangzhou.aliyuncs.com',
  stsEndpoint: 'stsEndpoint: https://sts-vpc.cn-hangzhou.aliyuncs.com',
  holderIds: 'holderIds: ["278463638774561234"]',
  sweepInterval: 'sweepInterval: 15',
  callsPerMinute: 'callsPerMinute: 60',
  overdueAfter: 'overdueAfter: 8h',
  policy: 'policy: soft',
  consoleTemplate: 'consoleTemplate: "{origin}/web/{workspace}"',
  rules: 'rules: [{ namespaces: "*-prod", policy: hard, overdueAfter: 4h }]',
}
const wholeFile = 'workspaces: [{ id: a14bd5d90a1234, region: cn-hangzhou, namespaces: ["trade-prod"] }]'

/** The example of the key that stands deepest in a path; a rule has patterns for namespaces, and else what a workspace has. */
function exampleFor(path: readonly string[]): string {
  const isRule = path[2] === 'rules'
  const key = path.findLast(part => part in examples) ?? ''
  if (isRule && (key === 'rules' || key === 'namespaces')) return examples['rules'] ?? wholeFile
  return examples[key] ?? wholeFile
}

/**
 * Reads the file of `LOCKDESK_CONFIG`. Every value is read as the text that stands there: an id such as `00123` keeps its zeros.
 * @returns the workspaces, or everything that is wrong; and the names under which the environment has their keys
 */
export function readWorkspacesFile(
  path: string,
): { prefixes: string[] } & ({ workspaces: FileWorkspace[] } | { faults: Fault[] }) {
  const unreadable = (message: string, example: string) => ({
    prefixes: [],
    faults: [{ setting: 'LOCKDESK_CONFIG', message, example }],
  })
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    return unreadable(`names a file that cannot be read (${code}): ${path}`, 'LOCKDESK_CONFIG=/etc/lockdesk.yaml')
  }
  const document = parseDocument(text, { schema: 'failsafe', prettyErrors: false })
  const wrong = document.errors[0]
  if (wrong) {
    const line = text.slice(0, wrong.pos[0]).split('\n').length
    return unreadable(`is not YAML: ${wrong.code} in line ${line} of ${path}.`, wholeFile)
  }
  const told: unknown = document.toJS()
  const prefixes = prefixesIn(told)
  const parsed = File.safeParse(told)
  if (parsed.success) return { workspaces: parsed.data.workspaces, prefixes }
  return { prefixes, faults: parsed.error.issues.flatMap(faultsOf) }
}

function faultsOf(issue: z.core.$ZodIssue): Fault[] {
  const path = issue.path.map(String)
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map(key => {
      const { known, isNear } = nearest(key, [...Object.keys(examples), 'workspaces'])
      return {
        setting: `LOCKDESK_CONFIG: ${[...path, key].join('.')}`,
        message: `is not a key of this file.${isNear ? ` Is ${known} meant?` : ''}`,
        example: isNear ? exampleFor([...path, known]) : exampleFor(path),
      }
    })
  const { message } = issue
  return [
    {
      setting: `LOCKDESK_CONFIG: ${path.join('.') || 'the file'}`,
      message: message.endsWith('.') ? message : `cannot be used: ${message}.`,
      example: exampleFor(path),
    },
  ]
}

/** Also in a file with faults: its keys are no unknown settings besides. */
function prefixesIn(told: unknown): string[] {
  const loose = z.object({ workspaces: z.array(z.object({ credentials: z.string() }).nullable().catch(null)) })
  return (loose.safeParse(told).data?.workspaces ?? []).flatMap(one => {
    const prefix = /^env:(.+)$/.exec(one?.credentials.trim() ?? '')?.[1]
    return prefix === undefined ? [] : [prefix]
  })
}
