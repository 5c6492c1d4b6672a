import type { BoardDraft, Freshness, NamespaceRef, PastBoard } from '@lockdesk/contract'
import type { Workspace } from '../cloud/workspace.ts'
import { draftState } from '../ledger/draft-row.ts'
import type { NamespaceState } from '../ledger/draft-state.ts'
import { folderPath } from '../ledger/folder-path.ts'
import type { HoldRow } from '../ledger/fold-holds.ts'
import { freshnessState } from '../ledger/how-known.ts'
import { claimOf } from '../ledger/present-hold.ts'
import { type Onlooker, instant, presentClaim, presentHolder, presentInterval } from '../ledger/present-holder.ts'
import type { BoardAt, PastDraft } from '../ledger/read-board-at.ts'
import type { PastFreshness } from '../ledger/sweep-hours.ts'
import { namespaceKey } from '../ledger/within-scope.ts'

export interface PastView {
  at: number
  onlooker: Onlooker
  workspaces: ReadonlyMap<string, Workspace>
  states: readonly NamespaceState[]
  /** The namespaces that are shown. */
  scope: readonly NamespaceRef[]
  cursor: string
}

/** The board of a moment, as its reader sees it. What is no longer configured is left out, as on the board of now. */
export function presentPastBoard(board: BoardAt, view: PastView): PastBoard {
  const folders = new Map(view.states.map(state => [namespaceKey(state), state.folders]))
  const drafts = board.drafts.flatMap(draft => {
    const workspace = view.workspaces.get(draft.row.workspace)
    return workspace ? [presentPastDraft(draft, view, workspace, folders.get(namespaceKey(draft.row)) ?? {})] : []
  })
  const namespaces = view.scope.flatMap(ref => {
    const workspace = view.workspaces.get(ref.workspace)
    return workspace ? [pastFreshness(ref, board.freshness.get(namespaceKey(ref)) ?? null, workspace, view.at)] : []
  })
  return { drafts, total: drafts.length, cursor: view.cursor, namespaces, at: instant(view.at) }
}

function presentPastDraft(
  { row, hold }: PastDraft,
  { onlooker }: PastView,
  workspace: Workspace,
  folders: NamespaceState['folders'],
): Omit<BoardDraft, 'may'> {
  const { ref, labels, modifiedAt } = draftState(row, [])
  return {
    ref,
    name: hold?.draft_name ?? row.name,
    folder: folderPath(folders, row.folder_id),
    kind: row.kind,
    engineVersion: row.engine_version,
    labels,
    modifiedAt: modifiedAt === null ? null : instant(modifiedAt),
    modifierName: row.modifier_name,
    lock: hold && presentPastLock(hold, workspace, onlooker),
    consoleUrl: workspace.consoleUrlOf(ref.namespace, ref.draftId),
  }
}

function presentPastLock(hold: HoldRow, workspace: Workspace, onlooker: Onlooker): NonNullable<BoardDraft['lock']> {
  const claim = claimOf(hold)
  const { overdueAfterMs } = workspace.rulesOf(hold.namespace)
  return {
    holder: presentHolder({ id: hold.holder_id, name: hold.holder_name }, hold.workspace, claim, onlooker),
    seenSince: presentInterval({ after: hold.from_after, by: hold.from_by }),
    known: hold.known,
    overdueAt: instant(hold.from_by + overdueAfterMs),
    claim: claim && presentClaim(claim, onlooker.names),
  }
}

/** Rules and budget are those of today: nobody remembers older ones. */
function pastFreshness(ref: NamespaceRef, past: PastFreshness | null, workspace: Workspace, at: number): Freshness {
  const { policy, overdueAfterMs } = workspace.rulesOf(ref.namespace)
  const { perMinute } = workspace.budget.state()
  const sweptAt = past?.sweptAt ?? null
  const paceMs = past?.paceMs ?? null
  return {
    workspace: ref.workspace,
    namespace: ref.namespace,
    workspaceName: workspace.name,
    state: freshnessState({ sweptAt, paceMs }, at),
    lastSweepAt: sweptAt === null ? null : instant(sweptAt),
    complete: past?.isComplete ?? false,
    pace: (paceMs ?? workspace.sweepIntervalMs) / 1000,
    policy,
    overdueAfter: overdueAfterMs / 1000,
    revision: 0,
    budget: { perMinute, left: perMinute, throttledUntil: null },
  }
}
