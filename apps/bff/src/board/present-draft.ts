import type { BoardDraft, Lock, Role } from '@lockdesk/contract'
import type { NamespaceRules, Workspace } from '../cloud/workspace.ts'
import type { DraftState } from '../ledger/draft-state.ts'
import { type Onlooker, instant, presentClaim, presentHolder, presentInterval } from '../ledger/present-holder.ts'
import { mayDo } from './may.ts'

/** For whom, and by which rules, a draft is shown. */
export interface DraftView {
  onlooker: Onlooker
  role: Role
  workspace: Pick<Workspace, 'rulesOf' | 'consoleUrlOf'>
  /** The path of names to a folder; empty where it is not known. */
  folderPath(folderId: string | null): string
}

/** A draft as this caller sees it on the board. */
export function presentDraft(draft: DraftState, view: DraftView): BoardDraft {
  const { ref } = draft
  const rules = view.workspace.rulesOf(ref.namespace)
  const lock = presentLock(draft, rules, view.onlooker)
  const pendingSince = draft.intents.find(intent => intent.isPending)?.openedAt
  return {
    ref,
    name: draft.name,
    folder: view.folderPath(draft.folderId),
    kind: draft.kind,
    engineVersion: draft.engineVersion,
    labels: draft.labels,
    modifiedAt: draft.modifiedAt === null ? null : instant(draft.modifiedAt),
    modifierName: draft.modifierName,
    lock,
    consoleUrl: view.workspace.consoleUrlOf(ref.namespace, ref.draftId),
    ...(draft.deletedAt !== null && { deletedAt: instant(draft.deletedAt) }),
    ...(pendingSince !== undefined && { pending: { since: instant(pendingSince) } }),
    may: mayDo({
      role: view.role,
      policy: rules.policy,
      lock: lock === null ? 'free' : lock.holder.self ? 'yours' : 'held',
      isGone: draft.deletedAt !== null,
    }),
  }
}

/** The hold counts as overdue from its first sight on: its true beginning may lie before. */
function presentLock({ lock, ref }: DraftState, rules: NamespaceRules, onlooker: Onlooker): Lock | null {
  if (lock === null) return null
  return {
    holder: presentHolder(lock.holder, { ...ref, at: lock.since.by }, lock.claim, onlooker),
    seenSince: presentInterval(lock.since),
    known: lock.known,
    overdueAt: instant(lock.since.by + rules.overdueAfterMs),
    claim: lock.claim && presentClaim(lock.claim, onlooker.names),
  }
}
