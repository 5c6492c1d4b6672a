/** A signed word about the ledger: up to `number` it was this, and no other. Append-only, and never let go of. */
export interface CheckpointTable {
  number: number
  /** Of the entry with that number. */
  hash: string
  at: number
  ledger_id: string
  key_id: string
  /** Ed25519 over `checkpointText`, which includes the signature of the checkpoint before; base64url. */
  signature: string
}

/** Public halves of the keys that ever signed here. */
export interface SigningKeyTable {
  key_id: string
  /** The 32 bytes of an Ed25519 public key, base64url. */
  public_key: string
  first_used_at: number
}

/** How far entries were let go of: those up to the greatest `number` may be gone. Append-only, so that it can only rise, and only to a checkpoint. */
export interface LedgerFloorTable {
  number: number
  at: number
  key_id: string
  /** Ed25519 over `floorText`: nobody without the key lets go of anything unseen. */
  signature: string
}

/** The ids that a ledger has had, the one in force included. Append-only. */
export interface LedgerLifeTable {
  ledger_id: string
  began_at: number
  /** Entries up to this number were written in earlier lives. */
  after_number: number
  /** Where it is kept, so that another place is noticed: a word that the file beside it knows too, or which PostgreSQL it is. */
  place: string
  /** `restored`: it stood behind what had been committed, or was moved or copied. */
  why: 'created' | 'restored'
}

/** How far a sink outside has been told. */
export interface SinkPositionTable {
  /** A digest of where the sink is. */
  sink: string
  number: number
  at: number
}

export interface TrustTables {
  checkpoints: CheckpointTable
  signing_keys: SigningKeyTable
  ledger_floors: LedgerFloorTable
  ledger_lives: LedgerLifeTable
  sink_positions: SinkPositionTable
}
