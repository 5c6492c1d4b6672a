import { AuditPage, CountedBy, Counts, HoldersPage, HoldsPage, PastBoard, Verification } from '@lockdesk/contract'
import { createRoute, json, problem, z } from '../http/router.ts'
import { exportFormats } from './export.ts'
import { filterShape, pageShape } from './question.ts'

/** A filter that is not known is refused: left out, it would widen the answer without a word. */
const Filters = z.strictObject(filterShape)
const Paged = Filters.extend(pageShape)

const refusals = {
  400: problem(
    'Bad input: a filter that is unknown or cannot be understood, or a cursor that is none of this question',
  ),
  401: problem('Not signed in'),
  403: problem('Viewers have each draft’s own history'),
}
const behind = { 503: problem('The history is being made ready, after an upgrade') }

const scope =
  'Admins see everything of their namespaces; editors that in which they acted, or which was theirs by their claim.'

const events = createRoute({
  method: 'get',
  path: '/audit/events',
  summary: 'The entries of the ledger, newest first',
  description: `${scope} A page may be shorter than its limit where little fits; \`next\` is null on the last one. Periods go by \`at.by\`.`,
  request: { query: Paged },
  responses: { 200: json(AuditPage, 'A page'), ...refusals },
})

const holds = createRoute({
  method: 'get',
  path: '/audit/holds',
  summary: 'Who held what from when to when, newest first',
  description: `${scope} A hold fits a period in which it was seen, \`kind\` by what it began or ended with, and \`actor\` by whose claim it was.`,
  request: { query: Paged },
  responses: { 200: json(HoldsPage, 'A page'), ...refusals, ...behind },
})

const holders = createRoute({
  method: 'get',
  path: '/audit/holders',
  summary: 'What each holder had in a period, who was seen last first',
  description: `${scope} Without \`since\` it is the 30 days before \`until\`, or before now.`,
  request: { query: Paged },
  responses: { 200: json(HoldersPage, 'A page'), ...refusals, ...behind },
})

const counts = createRoute({
  method: 'get',
  path: '/audit/counts',
  summary: 'How many entries there are of each kind, actor, draft or hour',
  description: `${scope} Entries that have no such word are not counted.`,
  request: { query: Filters.extend({ by: CountedBy }) },
  responses: { 200: json(Counts, 'The counts, and when nobody watched'), ...refusals },
})

const at = createRoute({
  method: 'get',
  path: '/audit/at',
  summary: 'The board as it was at a moment',
  description: `Who held what, as far as had been read by then, and how fresh that was. ${scope}`,
  request: {
    query: z.strictObject({
      time: z.string().openapi({ description: 'A moment that was: `2026-02-28T10:00Z`, or so long ago: `3d`.' }),
      workspace: filterShape.workspace,
      namespace: filterShape.namespace,
    }),
  },
  responses: { 200: json(PastBoard, 'The board'), ...refusals, ...behind },
})

const exported = createRoute({
  method: 'get',
  path: '/audit/export',
  summary: 'Everything that fits, as a file',
  description:
    'The entries that the same question to /api/audit/events finds, newest first, as of when it was asked. CSV begins with a byte order mark; no cell begins like a formula. JSONL has the very rows; by the `chain` of each `npm run verify -- FILE` checks it.',
  request: { query: Filters.extend({ format: z.enum(exportFormats) }) },
  responses: {
    200: {
      description: 'The file',
      content: {
        'text/csv': { schema: z.string() },
        'application/jsonl': { schema: z.string() },
      },
    },
    ...refusals,
    403: problem('Not an admin'),
  },
})

const verify = createRoute({
  method: 'get',
  path: '/audit/verify',
  summary: 'Recompute the chain of the whole ledger',
  responses: {
    200: json(Verification, 'What the walk found'),
    401: problem('Not signed in'),
    403: problem('Not an admin'),
  },
})

/** Every question of the audit, as the description of the API tells it. */
export const described = { events, holds, holders, counts, at, exported, verify }
