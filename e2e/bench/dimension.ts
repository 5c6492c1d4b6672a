/** What one side came to, by the names of the dimension's rows. */
export type Measured = Record<string, number>

/** What a row is to show. Ratios are of one run, so they hold on a slow machine too. */
export interface Goal {
  unit: string
  /** Ours is at most so many times the limit. */
  mostOfLimit?: number
  /** The peer is at least so many times ours. */
  leastOfPeer?: number
  /** Ours is at most this. */
  most?: number
}

export type SideName = 'limit' | 'peer' | 'ours'

/** One question of how fast, how much or how often. A side that a dimension lacks makes no sense there. */
export interface Dimension {
  /** The physical limit, and what people would use instead, in words. */
  limitIs: string
  peerIs: string
  rows: Record<string, Goal>
  /** How often each side is run, in turn; a single time where counting leaves nothing to chance. */
  rounds?: number
  /** Each runs in a process of its own, and in no other's way. */
  sides: Partial<Record<SideName, () => Promise<Measured>>>
  /** Instead of sides: where all of them need what takes long to make. */
  together?: () => Promise<Partial<Record<SideName, Measured>>>
}
