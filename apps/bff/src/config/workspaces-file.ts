import { readFileSync } from 'node:fs'
import { parseDocument } from 'yaml'
import { z } from 'zod'
import type { Fault } from './config-fault.ts'
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
    when: ({ value }) => typeof value === 'object' && value !== null,
  })
export type FileWorkspace = z.output<typeof FileWorkspace>

const File = z.strictObject({
  workspaces: z
    .array(FileWorkspace, 'must be a list of workspaces.')
    .min(1, 'must name at least one workspace.')
    .refine(list => new Set(list.map(({ id }) => id)).size === list.length, 'names a workspace twice.'),
})

/**
 * Reads the file of `LOCKDESK_CONFIG`. Every value is read as the text that stands there: an id such as `00123` keeps its zeros.
 * @returns the workspaces, or everything that is wrong
 */
export function readWorkspacesFile(path: string): { workspaces: FileWorkspace[] } | { faults: Fault[] } {
  const fault = (message: string): { faults: Fault[] } => ({ faults: [{ setting: 'LOCKDESK_CONFIG', message }] })
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    return fault(`names a file that cannot be read (${(error as NodeJS.ErrnoException).code}): ${path}`)
  }
  const document = parseDocument(text, { schema: 'failsafe', prettyErrors: false })
  const wrong = document.errors[0]
  if (wrong)
    return fault(`is not YAML: ${wrong.code} in line ${text.slice(0, wrong.pos[0]).split('\n').length} of ${path}.`)
  const parsed = File.safeParse(document.toJS())
  if (parsed.success) return { workspaces: parsed.data.workspaces }
  return {
    faults: parsed.error.issues.flatMap(issue => {
      const at = (key?: string) => [...issue.path.map(String), ...(key === undefined ? [] : [key])].join('.')
      if (issue.code === 'unrecognized_keys')
        return issue.keys.map(key => ({
          setting: `LOCKDESK_CONFIG: ${at(key)}`,
          message: 'is not a key of this file.',
        }))
      return [{ setting: `LOCKDESK_CONFIG: ${at() || 'the file'}`, message: sentence(issue) }]
    }),
  }
}

const sentence = ({ message }: z.core.$ZodIssue) => (message.endsWith('.') ? message : `cannot be used: ${message}.`)
