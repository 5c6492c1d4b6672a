import type { Role } from '@lockdesk/contract'

/** Lockdesk's own people. Their names live here alone, so that they can be erased without touching the ledger. */
export interface PersonTable {
  id: string
  name: string
  /** Lower-cased; null for the demo's people. */
  email: string | null
  /** `demo` people exist for the emulated cloud only: live mode does not know them. */
  origin: 'demo' | 'local'
  created_at: number
}

export interface PasswordTable {
  person_id: string
  /** argon2id, PHC string. */
  hash: string
  must_change: number
  changed_at: number
}

export interface SessionTable {
  /** SHA-256 of the token: the token itself is stored nowhere. */
  token_hash: string
  person_id: string
  created_at: number
  expires_at: number
}

/** A role in every namespace that fits the patterns; `*` matches any text. */
export interface BindingTable {
  person_id: string
  workspace: string
  namespace: string
  role: Role
}

export interface AccessTables {
  people: PersonTable
  passwords: PasswordTable
  sessions: SessionTable
  bindings: BindingTable
}
