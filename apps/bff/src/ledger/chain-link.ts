import { z } from 'zod'
import { saidBy } from './chain.ts'
import type { Entry } from './ledger.ts'

/** What an entry that leaves the store carries beside what it shows, so that it can be checked where the store is not. */
export const ChainLink = z.object({
  /** Hash of the entry before it. */
  prev: z.string(),
  /** The list that the hash covers; names of Lockdesk's own people are not in it. */
  said: z.array(z.union([z.string(), z.number(), z.null()])),
  hash: z.string(),
})
export type ChainLink = z.infer<typeof ChainLink>

/** An entry's place in the chain, to be written beside the entry as the API shows it. */
export function chainLinkOf(entry: Entry): ChainLink {
  return { prev: entry.prev, said: saidBy(entry), hash: entry.hash }
}
