import { chainLinkOf } from '../ledger/chain-link.ts'
import type { Entry } from '../ledger/ledger.ts'
import { presentEvent } from '../ledger/present-event.ts'
import type { Onlooker } from '../ledger/present-holder.ts'

/**
 * An entry as the sink is told it: the event as the API shows it, with what makes it verifiable. Lockdesk's own people go by their ids: a name
 * that left the house could not be erased.
 */
export function lineOf(entry: Entry, ledgerId: string, isService: Onlooker['isService']): string {
  const event = presentEvent(entry, { isService, names: new Map() })
  return `${JSON.stringify({ ...event, ledger: ledgerId, chain: chainLinkOf(entry) })}\n`
}
