import type { Hold } from '@lockdesk/contract'
import type { Entry } from '../ledger/ledger.ts'
import { type Onlooker, presentClaim, presentHolder, presentInterval } from '../ledger/present-holder.ts'

/** The entry that a hold began with, the one that ended it, and the latest word on its claim. */
interface Span {
  first: Entry
  /** Differs from `first` where the claim's reason was changed meanwhile. */
  latest: Entry
  end: Entry | null
}

/**
 * The holds of one draft, newest first. A hold lasts as long as one holder has the draft with one claim behind it.
 * @param entries its transitions, newest first; the oldest may be in the middle of a hold, which then counts from there
 */
export function holdsOf(entries: readonly Entry[], onlooker: Onlooker): Hold[] {
  const spans: Span[] = []
  for (const entry of entries.toReversed()) {
    const open = spans.at(-1)?.end === null ? spans.at(-1) : undefined
    if (open && goesOn(open.latest, entry)) {
      open.latest = entry
      continue
    }
    if (open) open.end = entry
    if (entry.to_id !== null) spans.push({ first: entry, latest: entry, end: null })
  }
  return spans.map(span => presentHold(span, onlooker)).toReversed()
}

/** Nothing about who has it changed: another reason, say. */
function goesOn(before: Entry, entry: Entry): boolean {
  return (
    entry.to_id === before.to_id &&
    entry.to_claim === before.to_claim &&
    entry.claim_at === before.claim_at &&
    entry.claim_on_behalf_of === before.claim_on_behalf_of
  )
}

function presentHold({ first, latest, end }: Span, onlooker: Onlooker): Hold {
  const { workspace, namespace, draft_id: draftId } = first
  const claim = first.to_claim === null ? null : { personId: first.to_claim, onBehalfOf: first.claim_on_behalf_of }
  const holder = { id: first.to_id ?? '', name: latest.to_name ?? '' }
  return {
    ref: { workspace, namespace, draftId: draftId ?? '' },
    draftName: latest.draft_name,
    holder: presentHolder(holder, workspace, claim, onlooker),
    ...(claim && {
      claim: presentClaim(
        {
          ...claim,
          at: first.claim_at ?? first.at_by,
          reason: latest.actor_id === latest.to_claim ? latest.reason : null,
        },
        onlooker.names,
      ),
    }),
    from: presentInterval({ after: first.at_after, by: first.at_by }),
    until: end && presentInterval({ after: end.at_after, by: end.at_by }),
    known: first.known ?? (first.how === 'lockdesk' ? 'exact' : 'bounded'),
    how: first.how,
  }
}
