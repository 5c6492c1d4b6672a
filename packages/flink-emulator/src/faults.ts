import { z } from 'zod'
import { draftIdOf } from './call.ts'
import { queryOf, type Received } from './exchange.ts'
import { operations, type Route } from './operations.ts'

const HeaderName = z.string().regex(/^[!#$%&'*+\-.^_`|~\dA-Za-z]+$/, 'not a header name')
const HeaderValue = z.string().regex(/^[\t\u0020-\u007e\u0080-\u00ff]*$/, 'not a header value')
const Count = z.int().min(0).max(1000)

/**
 * Something that goes wrong on purpose. Without `operation` it strikes every operation, without `times` until it is
 * deleted. Of several that fit, every `latency` adds up and the oldest of the others strikes.
 *
 * | kind | what the caller gets | acts |
 * |---|---|---|
 * | `throttle` | a throttling error, with `x-acs-retry-after` if `ms` is given | no |
 * | `latency` | the right answer, `ms` late (1000) | at once; with `late: "request"` only after the wait, and not if the client left |
 * | `error` | a gateway error: `status` (500), `code`, `message` | no |
 * | `html` | a proxy's page: `status` (502) | no |
 * | `truncated` | the first half of the right answer | yes |
 * | `hang` | nothing, until the client goes or the fault is deleted | no |
 * | `lost-answer` | nothing: the connection is cut | yes |
 * | `torn-page` | ListDeploymentDrafts: pages that overlap and miss something, see `Tear` (1 each) | yes |
 * | `deny` | a refusal of one `layer`: `ram`, `namespace-role` (`status` 200 or 403), `gateway` (throttles) | no |
 * | `answer` | `status` (200), `headers`, `body` or `bodyBase64`, byte for byte | no |
 * | `afterwards` | the right answer; when it arrives, `holder` or nobody has the lock | yes |
 *
 * `acts: true` makes those that say "no" act first, `acts: false` keeps `lost-answer` from it.
 * `ms` delays the answer of every kind that does not throttle.
 */
export const Fault = z
  .strictObject({
    kind: z.enum([
      'throttle',
      'latency',
      'error',
      'html',
      'truncated',
      'hang',
      'lost-answer',
      'torn-page',
      'deny',
      'answer',
      'afterwards',
    ]),
    operation: z.enum(operations).optional(),
    times: z.int().min(1).max(1_000_000).optional(),
    ms: z.int().min(0).max(600_000).optional(),
    late: z.enum(['answer', 'request']).optional(),
    acts: z.boolean().optional(),
    status: z.int().min(200).max(599).optional(),
    code: z.string().min(1).max(200).optional(),
    message: z.string().max(2000).optional(),
    layer: z.enum(['ram', 'namespace-role', 'gateway']).optional(),
    headers: z.record(HeaderName, HeaderValue).optional(),
    body: z.string().optional(),
    bodyBase64: z.base64().optional(),
    holder: z
      .strictObject({ id: z.string().min(1), name: z.string() })
      .nullable()
      .optional(),
    repeat: Count.optional(),
    skip: Count.optional(),
    drift: z.int().min(-1000).max(1000).optional(),
    /** Strikes only calls that name this namespace, draft, page or key. */
    namespace: z.string().optional(),
    draftId: z.string().optional(),
    pageIndex: z.int().min(1).optional(),
    accessKeyId: z.string().optional(),
  })
  .superRefine((fault, context) => {
    const complain = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message })
    if (fault.kind === 'deny' && fault.layer === undefined) {
      complain('layer', 'deny needs a layer: ram, namespace-role or gateway')
    }
    if (fault.kind === 'torn-page' && fault.operation !== undefined && fault.operation !== 'ListDeploymentDrafts') {
      complain('operation', 'only ListDeploymentDrafts has pages to tear')
    }
    if (fault.body !== undefined && fault.bodyBase64 !== undefined) {
      complain('bodyBase64', 'body or bodyBase64, not both')
    }
  })
export type Fault = z.output<typeof Fault>

/** What strikes one call. */
export interface Strike {
  latencies: readonly Fault[]
  fault?: Fault
  /** Aborted when the faults are deleted: nothing may go on waiting then. */
  deleted: AbortSignal
}

export interface Faults {
  add(fault: Fault): void
  list(): (Fault & { left: number | null })[]
  /** Deletes all, those that are spent but still hold a connection included. */
  clear(): void
  /** Uses up one of the `times` of every fault that it answers with. */
  draw(route: Route, request: Received, accessKeyId: string): Strike
}

export function createFaults(): Faults {
  let entries: { fault: Fault; left: number }[] = []
  let deletion = new AbortController()
  const spend = (entry: { fault: Fault; left: number }) => {
    entry.left -= 1
    if (entry.left <= 0) entries = entries.filter(other => other !== entry)
    return entry.fault
  }
  return {
    add: fault => void entries.push({ fault, left: fault.times ?? Number.POSITIVE_INFINITY }),
    list: () => entries.map(({ fault, left }) => ({ ...fault, left: Number.isFinite(left) ? left : null })),
    clear: () => {
      entries = []
      deletion.abort()
      deletion = new AbortController()
    },
    draw: (route, request, accessKeyId) => {
      const fitting = entries.filter(({ fault }) => fits(fault, route, request, accessKeyId))
      const latencies = fitting.filter(({ fault }) => fault.kind === 'latency').map(spend)
      const other = fitting.find(({ fault }) => fault.kind !== 'latency')
      return { latencies, deleted: deletion.signal, ...(other === undefined ? {} : { fault: spend(other) }) }
    },
  }
}

function fits(fault: Fault, route: Route, request: Received, accessKeyId: string): boolean {
  const operation = fault.kind === 'torn-page' ? 'ListDeploymentDrafts' : fault.operation
  return (
    (operation === undefined || operation === route.operation) &&
    (fault.namespace === undefined || fault.namespace === route.path['namespace']) &&
    (fault.draftId === undefined || fault.draftId === draftIdOf(route, request)) &&
    (fault.pageIndex === undefined || String(fault.pageIndex) === (queryOf(request).get('pageIndex') ?? '1')) &&
    (fault.accessKeyId === undefined || fault.accessKeyId === accessKeyId)
  )
}
