import type { Verification } from '@lockdesk/contract'
import { readTimeWord, spanOfTimeWord } from '@lockdesk/contract'
import { type Caller, roleIn } from '../access/caller.ts'
import { serviceHolders } from '../cloud/service-holders.ts'
import type { Workspace } from '../cloud/workspace.ts'
import { ProblemError } from '../http/problem.ts'
import { router } from '../http/router.ts'
import type { Ledger } from '../ledger/ledger.ts'
import { presentCheck } from '../ledger/present-check.ts'
import type { Scope } from '../ledger/scope.ts'
import { type Auditor, answerOf, askLedger, badInput } from './ask-ledger.ts'
import { countEvents } from './count-events.ts'
import { described } from './described.ts'
import { contentTypes, exportName, exportStream } from './export.ts'
import { listEvents, listHolders, listHolds, eventsOf } from './list-pages.ts'
import type { PlaceCursors } from './page-cursor.ts'
import { presentPastBoard } from './past-board.ts'
import { readQuestion } from './question.ts'

export interface AuditRooms {
  ledger: Ledger
  /** By id. They only look: no taker is handed in. */
  workspaces: ReadonlyMap<string, Workspace>
  /** Watched now or ever seen. */
  knownNamespaces(): Promise<Scope>
  cursors: PlaceCursors
  now(): number
}

/** So many events of a file are read at a time. */
const exportedAtOnce = 500

/** Who did what, who held what, and whether the record can be trusted. */
export function auditRoutes(rooms: AuditRooms) {
  const { ledger, workspaces, cursors, now } = rooms
  const isService = serviceHolders(workspaces)
  const lists = { ledger, workspaces, isService, cursors, now }
  let walk: Promise<Verification> | null = null

  /** Those who ask at the same time share one walk. */
  function verifyOnce(): Promise<Verification> {
    walk ??= ledger
      .verify()
      .then(presentCheck)
      .finally(() => (walk = null))
    return walk
  }

  const auditorOf = async (caller: Caller) => asAuditor(caller, await rooms.knownNamespaces())

  return router()
    .openapi(described.events, async c => {
      const { cursor, limit, ...given } = c.req.valid('query')
      const asked = { ...readQuestion(given), cursor, limit }
      return c.json(await listEvents(lists, await auditorOf(c.get('caller')), asked), 200)
    })
    .openapi(described.holds, async c => {
      const { cursor, limit, ...given } = c.req.valid('query')
      const asked = { ...readQuestion(given), cursor, limit }
      return c.json(await listHolds(lists, await auditorOf(c.get('caller')), asked), 200)
    })
    .openapi(described.holders, async c => {
      const { cursor, limit, ...given } = c.req.valid('query')
      const asked = { ...readQuestion(given), cursor, limit }
      return c.json(await listHolders(lists, await auditorOf(c.get('caller')), asked), 200)
    })
    .openapi(described.counts, async c => {
      const { by, ...given } = c.req.valid('query')
      return c.json(await countEvents(rooms, await auditorOf(c.get('caller')), readQuestion(given), by), 200)
    })
    .openapi(described.at, async c => {
      const { time, ...given } = c.req.valid('query')
      const { filter, blame } = readQuestion(given)
      const at = momentOf(time, now())
      const auditor = await auditorOf(c.get('caller'))
      const { parts } = await askLedger(ledger, auditor, filter, { asOf: at, blame })
      const [board, states] = await Promise.all([answerOf(ledger.boardAt(parts, at), blame), ledger.namespaces()])
      const names = await ledger.names(board.drafts.flatMap(({ hold }) => hold?.claim_person ?? []))
      const view = {
        at,
        onlooker: { isService, names, personId: auditor.personId },
        workspaces,
        states,
        scope: parts.flatMap(({ scope }) => scope),
        cursor: cursors.sign('live', board.head),
      }
      return c.json(presentPastBoard(board, view), 200)
    })
    .openapi(described.exported, async c => {
      const { format, ...given } = c.req.valid('query')
      const { filter, blame } = readQuestion(given)
      const auditor = await auditorOf(c.get('caller'))
      if (auditor.administered.length === 0)
        throw new ProblemError('no-right', { detail: 'Only admins may export the audit.', right: 'admin' })
      const asOf = now()
      const head = await ledger.head()
      const query = await askLedger(ledger, auditor, filter, { asOf, blame })
      const file = exportStream(format, (before = head + 1) =>
        eventsOf(lists, auditor, query, { before, limit: exportedAtOnce }),
      )
      return c.body(file, 200, {
        'content-type': contentTypes[format],
        'content-disposition': `attachment; filename="${exportName(format, asOf)}"`,
        'cache-control': 'no-store, no-transform',
      })
    })
    .openapi(described.verify, async c => {
      const { administered } = await auditorOf(c.get('caller'))
      if (administered.length === 0)
        throw new ProblemError('no-right', { detail: 'Only admins may have the ledger verified.', right: 'admin' })
      return c.json(await verifyOnce(), 200)
    })
}

/** @throws ProblemError `bad-request`: there is no such time, or it has not come yet */
function momentOf(word: string, now: number): number {
  const time = readTimeWord(word)
  if (time === null)
    throw badInput('time', 'Not a time: 2026-02-28T10:00Z, 2026-02-28 and 3d are; days that do not exist are not.')
  const { start } = spanOfTimeWord(time, now)
  if (start > now) throw badInput('time', 'That moment has not come yet.')
  return start
}

/** Where changes of settings stand: they belong to no namespace. */
const settings = { workspace: '*', namespace: '*' }

/** @throws ProblemError `no-right`: the caller may see each draft's own history, and no more */
function asAuditor({ person, bindings }: Caller, known: Scope): Auditor {
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
