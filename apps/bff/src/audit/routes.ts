import { AuditPage, EventKind, Verification } from '@lockdesk/contract'
import { type Caller, roleIn } from '../access/caller.ts'
import { serviceHolders } from '../cloud/service-holders.ts'
import type { Workspace } from '../cloud/workspace.ts'
import { isStorable } from '../database/storable-text.ts'
import { ProblemError } from '../http/problem.ts'
import { createRoute, json, problem, router, z } from '../http/router.ts'
import { wholeNumber } from '../http/whole-number.ts'
import type { Ledger } from '../ledger/ledger.ts'
import { presentEvents } from '../ledger/present-event.ts'
import type { Scope } from '../ledger/scope.ts'
import { type Auditor, findEntries } from './find-entries.ts'

export interface AuditRooms {
  ledger: Ledger
  workspaces: ReadonlyMap<string, Pick<Workspace, 'identity'>>
  /** Watched now or ever seen. */
  knownNamespaces(): Promise<Scope>
  cursors: {
    sign(use: 'audit', number: number): string
    parse(use: 'audit', text: string): { ledgerId: string; number: number } | null
    isHere(place: { ledgerId: string; number: number }): boolean
  }
}

const Kind = z.enum([...EventKind.options, 'taken'])
const id = z.string().min(1).max(300).refine(isStorable, 'not an id').optional()

/** A filter that is not known is refused: left out, it would widen the answer without a word. */
const AuditQuery = z.strictObject({
  cursor: z.string().max(300).optional(),
  limit: wholeNumber(1, 200, 50),
  /** May be repeated, or a list with commas: any of them fits. */
  kind: z
    .union([z.string(), z.array(z.string())])
    .transform(value => [value].flat().flatMap(text => text.split(',')))
    .pipe(z.array(Kind).max(20))
    .optional(),
  actor: id,
  holder: id,
  draft: id,
  workspace: id,
  namespace: id,
})

const events = createRoute({
  method: 'get',
  path: '/audit/events',
  summary: 'The entries of the ledger, newest first',
  description:
    'Admins see all entries of their namespaces; editors those in which they are the actor, and the transitions before or after which their claim stood. `kind=taken` means: taken through Lockdesk.',
  request: { query: AuditQuery },
  responses: {
    200: json(AuditPage, 'A page'),
    400: problem('Bad input, an unknown filter, or a cursor that is none of ours'),
    401: problem('Not signed in'),
    403: problem('Viewers have each draft’s own history'),
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

/** Who did what, and whether the record can be trusted. */
export function auditRoutes(rooms: AuditRooms) {
  const { ledger, cursors } = rooms
  const isService = serviceHolders(rooms.workspaces)
  let walk: Promise<Verification> | null = null

  /** Those who ask at the same time share one walk. */
  function verifyOnce(): Promise<Verification> {
    walk ??= ledger.verify().finally(() => (walk = null))
    return walk
  }

  return router()
    .openapi(events, async c => {
      const { cursor, kind, ...filters } = c.req.valid('query')
      const before = cursor === undefined ? undefined : placeOf(cursor, cursors)
      const caller = c.get('caller')
      const { entries, next } = await findEntries(ledger, auditorOf(caller, await rooms.knownNamespaces()), {
        ...filters,
        kinds: kind ?? [],
        ...(before !== undefined && { before }),
      })
      const shown = await presentEvents(entries, ledger, { isService, personId: caller.person.id })
      return c.json({ events: shown, next: next === null ? null : cursors.sign('audit', next) }, 200)
    })
    .openapi(verify, async c => {
      const { administered } = auditorOf(c.get('caller'), await rooms.knownNamespaces())
      if (administered.length === 0)
        throw new ProblemError('no-right', { detail: 'Only admins may have the ledger verified.', right: 'admin' })
      return c.json(await verifyOnce(), 200)
    })
}

function placeOf(text: string, cursors: AuditRooms['cursors']): number {
  const place = cursors.parse('audit', text)
  if (place && cursors.isHere(place)) return place.number
  throw new ProblemError('bad-request', {
    detail: 'The cursor is not one that this ledger gave out. Begin again without it.',
    errors: [{ path: 'cursor', message: 'not a cursor of this list' }],
  })
}

/** Where changes of settings stand: they belong to no namespace. */
const settings = { workspace: '*', namespace: '*' }

/** @throws ProblemError `no-right`: the caller may see each draft's own history, and no more */
function auditorOf({ person, bindings }: Caller, known: Scope): Auditor {
  const within = [...known, settings]
  const administered = within.filter(ref => roleIn(bindings, ref) === 'admin')
  const edited = within.filter(ref => roleIn(bindings, ref) === 'editor')
  if (administered.length + edited.length > 0) return { personId: person.id, administered, edited }
  throw new ProblemError('no-right', {
    detail:
      'The audit is for editors and admins. You can open any draft and see its own history; ask an admin for more.',
    right: 'audit',
  })
}
