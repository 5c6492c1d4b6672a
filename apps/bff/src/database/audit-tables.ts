import type { EventKind, Known } from '@lockdesk/contract'

/** How far what is derived from the entries has come: rows of this room can be made anew from the entries at any time. */
export interface DerivedTable {
  /** What it is the mark of, see `ledger/derived-marks.ts`. */
  name: string
  /** A number of an entry, or a time. */
  through: number
}

/** The holds: each the time in which one holder, with one claim behind it, had a draft. Derived from the transitions. */
export interface HoldTable {
  /** Number of the entry that began it. */
  opened: number
  opened_kind: Extract<EventKind, 'held' | 'changed'>
  workspace: string
  namespace: string
  draft_id: string
  /** Names as the latest entry about the hold spelled them. */
  draft_name: string
  holder_id: string
  holder_name: string
  claim_person: string | null
  claim_at: number | null
  claim_on_behalf_of: string | null
  claim_reason: string | null
  from_after: number | null
  from_by: number
  /** Null in both as long as it lasts. */
  until_after: number | null
  until_by: number | null
  known: Known
  how: 'observed' | 'lockdesk'
  /** 1: taken through Lockdesk. */
  is_taken: number
  /** Kind and number of the entry that ended it. */
  ended: Extract<EventKind, 'changed' | 'freed' | 'deleted'> | null
  closed: number | null
}

/** Which holds lasted at chosen moments, so that any other moment is near one. Each moment has a row with `opened` 0. */
export interface HeldSnapshotTable {
  at: number
  opened: number
}

/** Every name that a holder went by. */
export interface HolderNameTable {
  /** The name, folded as `ledger/name-key.ts` does. */
  name_key: string
  holder_id: string
}

/** How many entries there are of each sort: by hour and by day, so that what is counted over years need not be read. */
export interface EntryTallyTable {
  /** Milliseconds: an hour, or a day. */
  span: number
  /** Epoch milliseconds at which it begins; entries belong where their `at_by` lies. */
  start: number
  workspace: string
  namespace: string
  kind: EventKind
  /** Empty where the entry says none; so is `actor_id`. */
  known: Known | ''
  how: 'observed' | 'lockdesk'
  is_taken: number
  actor_id: string
  n: number
}

/** When the sweeps of a namespace began and ended, an hour in a row: see `ledger/sweep-hours.ts` for how it is packed. */
export interface SweepHourTable {
  workspace: string
  namespace: string
  /** Epoch milliseconds at which the hour begins in which the sweeps did. */
  hour: number
  /** When the last complete sweep before them began. */
  swept_before: number | null
  sweeps: string
}

/** From when until when a draft was there, as far as it was watched. */
export interface DraftLifeTable {
  workspace: string
  namespace: string
  draft_id: string
  since: number
  until: number | null
}

export interface AuditTables {
  derived: DerivedTable
  holds: HoldTable
  held_snapshots: HeldSnapshotTable
  holder_names: HolderNameTable
  entry_tallies: EntryTallyTable
  sweep_hours: SweepHourTable
  draft_lives: DraftLifeTable
}
