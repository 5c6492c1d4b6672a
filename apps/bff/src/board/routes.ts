import { Board, DraftPage, DraftRef } from '@lockdesk/contract'
import type { TypedResponse } from 'hono'
import { type Caller, roleIn, scopeOf } from '../access/caller.ts'
import { roleWithin } from '../access/within-scope.ts'
import { serviceHolders } from '../cloud/service-holders.ts'
import type { Workspace } from '../cloud/workspace.ts'
import { nothingThere } from '../http/nothing-there.ts'
import { createRoute, json, problem, router } from '../http/router.ts'
import type { DraftState } from '../ledger/draft-state.ts'
import { folderPaths } from '../ledger/folder-path.ts'
import type { Ledger } from '../ledger/ledger.ts'
import { personsIn, presentEvent } from '../ledger/present-event.ts'
import { presentHold } from '../ledger/present-hold.ts'
import type { Onlooker } from '../ledger/present-holder.ts'
import type { Scope } from '../ledger/scope.ts'
import { eventsOf } from './draft-events.ts'
import { keyOf, readFreshness } from './freshness.ts'
import { boardBody } from './board-body.ts'
import { createRowEncoder } from './encoded-rows.ts'
import { createLookUp } from './look-up.ts'
import { presentDraft } from './present-draft.ts'

export interface BoardRooms {
  ledger: Ledger
  /** By id. They only look: no taker is handed in. */
  workspaces: ReadonlyMap<string, Workspace>
  /** The namespaces that are being watched: the board's. */
  watchedNamespaces(): Promise<Scope>
  /** Those and whatever else the ledger has seen. */
  knownNamespaces(): Promise<Scope>
  cursors: { sign(use: 'live', number: number): string }
  now(): number
  /** Told of every reading of the board: somebody looks. */
  boardWasRead(): void
  /** Told of every draft whose page is read. */
  draftWasRead?(draft: DraftRef): void
}

const board = createRoute({
  method: 'get',
  path: '/board',
  summary: 'Every draft the caller may see, with its edit lock',
  responses: { 200: json(Board, 'The board, in one body'), 401: problem('Not signed in') },
})

const draftPage = createRoute({
  method: 'get',
  path: '/drafts/{workspace}/{namespace}/{draftId}',
  summary: 'One draft, its newest holds and events',
  request: { params: DraftRef },
  responses: {
    200: json(DraftPage, 'The draft'),
    400: problem('Bad input'),
    401: problem('Not signed in'),
    404: problem('No such draft, or not in the scope of the caller'),
    503: problem('The draft is not known here and the cloud cannot be asked'),
  },
})

/** Older ones are in the audit. */
const mostHolds = 50

/** Looking at drafts. Nothing here can take a lock. */
export function boardRoutes(rooms: BoardRooms) {
  const { ledger, workspaces } = rooms
  const isService = serviceHolders(workspaces)
  const lookUp = createLookUp(rooms)

  const encodeRow = createRowEncoder()

  async function readBoard(caller: Caller): Promise<{ facts: Omit<Board, 'drafts'>; rows: Iterator<string> }> {
    const scope = scopeOf(caller.bindings, await rooms.watchedNamespaces())
    // Before the drafts: what is committed meanwhile comes by the stream once more, and nothing is missed.
    const cursor = rooms.cursors.sign('live', await ledger.head())
    // So is the revision: a page that is told of a newer one reads the board again.
    const namespaces = await readFreshness(rooms, scope)
    const [drafts, states] = await Promise.all([ledger.drafts(scope), ledger.namespaces()])
    const onlooker = await onlookerFor(caller, drafts)
    const foldersOf = new Map(states.map(state => [keyOf(state), state.folders]))
    const viewOf = new Map(
      scope.flatMap(ref => {
        const role = roleIn(caller.bindings, ref)
        const workspace = workspaces.get(ref.workspace)
        const folderPath = folderPaths(foldersOf.get(keyOf(ref)) ?? {})
        return role && workspace ? [[keyOf(ref), { onlooker, role, workspace, folderPath }] as const] : []
      }),
    )
    const shown = drafts.filter(({ ref }) => workspaces.has(ref.workspace))
    function* rows() {
      for (const draft of shown) {
        const view = viewOf.get(keyOf(draft.ref))
        if (view) yield encodeRow(draft, view)
      }
    }
    return { facts: { total: shown.length, cursor, namespaces }, rows: rows() }
  }

  async function readDraftPage(caller: Caller, ref: DraftRef): Promise<DraftPage> {
    const role = roleWithin(caller, ref, await rooms.knownNamespaces())
    const workspace = workspaces.get(ref.workspace)
    if (!workspace) throw nothingThere()
    const draft = (await ledger.draft(ref)) ?? (await findDraft(caller, ref, workspace))
    rooms.draftWasRead?.(ref)
    const [holds, entries, states] = await Promise.all([
      ledger.holdsOf(ref, mostHolds),
      eventsOf(ledger, ref, { personId: caller.person.id, role }),
      ledger.namespaces(),
    ])
    const claimants = holds.flatMap(({ claim_person }) => claim_person ?? [])
    const onlooker = await onlookerFor(caller, [draft], [...claimants, ...personsIn(entries)])
    const folders = states.find(state => keyOf(state) === keyOf(ref))?.folders ?? {}
    return {
      draft: presentDraft(draft, { onlooker, role, workspace, folderPath: folderPaths(folders) }),
      holds: holds.map(hold => presentHold(hold, onlooker)),
      events: entries.map(entry => presentEvent(entry, onlooker)),
    }
  }

  /** Only in what is being watched: of another namespace nobody would notice a change. */
  async function findDraft(caller: Caller, ref: DraftRef, workspace: Workspace): Promise<DraftState> {
    roleWithin(caller, ref, await rooms.watchedNamespaces())
    return lookUp.find(workspace, ref)
  }

  async function onlookerFor(
    caller: Caller,
    drafts: readonly DraftState[],
    others: Iterable<string> = [],
  ): Promise<Onlooker> {
    const persons = new Set(others)
    for (const { lock } of drafts) if (lock?.claim) persons.add(lock.claim.personId)
    const [names, memberOf] = await Promise.all([ledger.names(persons), ledger.memberOf()])
    return { isService, memberOf, names, personId: caller.person.id }
  }

  return router()
    .openapi(board, async c => {
      rooms.boardWasRead()
      const { facts, rows } = await readBoard(c.get('caller'))
      const body = boardBody(facts, rows, () => c.env?.outgoing?.destroy())
      // Written as it is made; what it is, the contract says: a test holds it against that.
      return c.body(body, 200, { 'content-type': 'application/json' }) as unknown as TypedResponse<Board, 200, 'json'>
    })
    .openapi(draftPage, async c => c.json(await readDraftPage(c.get('caller'), c.req.valid('param')), 200))
}
