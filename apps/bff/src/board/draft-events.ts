import type { DraftRef, Role } from '@lockdesk/contract'
import type { Entry, EntryQuery, Ledger } from '../ledger/ledger.ts'
import { openKinds } from '../ledger/who-sees.ts'

const mostEvents = 50

/**
 * The newest entries of a draft that the reader may see, and the gaps of its namespace among them.
 * Intents, attempts and denials are the admins' and the actor's own.
 */
export async function eventsOf(
  ledger: Pick<Ledger, 'entries'>,
  ref: DraftRef,
  reader: { personId: string; role: Role },
): Promise<Entry[]> {
  const newest = { scope: [ref], order: 'newest', limit: mostEvents } as const satisfies EntryQuery
  const ofDraft = { ...newest, draftId: ref.draftId }
  const [seen, own, gaps] = await Promise.all([
    ledger.entries(reader.role === 'admin' ? ofDraft : { ...ofDraft, kinds: openKinds }),
    reader.role === 'admin' ? [] : ledger.entries({ ...ofDraft, actorId: reader.personId }),
    ledger.entries({ ...newest, kinds: ['gap'] }),
  ])
  const entries = new Map([...seen, ...own].map(entry => [entry.number, entry]))
  // A gap from before the draft was known, or from between entries that are not shown, tells nothing about it.
  const oldest = Math.min(...entries.keys())
  for (const gap of gaps) if (gap.number > oldest) entries.set(gap.number, gap)
  return [...entries.values()].toSorted((a, b) => b.number - a.number).slice(0, mostEvents)
}
