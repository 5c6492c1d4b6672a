import type { Binding, Board, BoardDraft, Freshness, Holder, Lock, LockEvent, Me } from '@lockdesk/contract'

/** Small worlds for tests: a board, the people in it, and what happens to it. */
export const workspace = 'w1'
export const service: Holder = { id: '900', name: 'svc-lockdesk', kind: 'service', member: true }
export const lin: Holder = { id: '71', name: 'Lin Wei', kind: 'person', member: true }
export const mei: Holder = { id: '72', name: '张梅', kind: 'person', member: true }

export const sampleMe = (role: Binding['role'], bindings?: Binding[]): Me => ({
  person: { id: 'bo', name: 'Bo Chen', email: null },
  roles: bindings ?? [{ workspace: '*', namespace: '*', role }],
  mustChangePassword: false,
  holderIds: [service.id],
  identities: [{ workspace, workspaceName: 'one', mode: 'service', name: service.name, holderIds: [service.id] }],
  mode: 'demo',
})

export const sampleFreshness = (namespace: string, more: Partial<Freshness> = {}): Freshness => ({
  workspace,
  workspaceName: 'one',
  namespace,
  state: 'live',
  lastSweepAt: '2026-11-25T08:00:00.000Z',
  complete: true,
  pace: 15,
  policy: 'soft',
  overdueAfter: 9 * 3600,
  revision: 1,
  budget: { perMinute: 60, left: 60, throttledUntil: null },
  ...more,
})

export const sampleLock = (holder: Holder, more: Partial<Lock> = {}): Lock => ({
  holder,
  seenSince: { after: '2026-11-25T07:00:00.000Z', by: '2026-11-25T07:00:15.000Z' },
  known: 'bounded',
  overdueAt: null,
  claim: null,
  ...more,
})

export const sampleDraft = (draftId: string, more: Partial<BoardDraft> = {}): BoardDraft => ({
  ref: { workspace, namespace: 'trade', draftId },
  name: `draft_${draftId}`,
  folder: '',
  kind: 'SQLSCRIPT',
  engineVersion: null,
  labels: {},
  modifiedAt: null,
  modifierName: null,
  lock: null,
  consoleUrl: 'https://console.example/',
  may: { take: true, takeOver: false },
  ...more,
})

export const sampleBoard = (drafts: BoardDraft[], namespaces = [sampleFreshness('trade')]): Board => ({
  drafts,
  total: drafts.length,
  cursor: 'c0',
  namespaces,
})

export const sampleEvent = (number: number, draftId: string, more: Partial<LockEvent> = {}): LockEvent => {
  const by = new Date(Date.parse('2026-11-25T08:00:00.000Z') + number * 1000).toISOString()
  const after = new Date(Date.parse(by) - 15_000).toISOString()
  return {
    id: `e${number}`,
    number,
    kind: 'held',
    how: 'observed',
    known: 'bounded',
    ref: { workspace, namespace: 'trade', draftId },
    draftName: `draft_${draftId}`,
    from: null,
    to: lin,
    at: { after, by },
    recordedAt: by,
    ...more,
  }
}
