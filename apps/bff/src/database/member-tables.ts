/** Who belongs to a namespace, as two complete readings of its members showed: one row a namespace. Derived from the cloud alone. */
export interface MemberListTable {
  workspace: string
  namespace: string
  /** When the last complete reading, and the one before it, sent its first request. */
  read_at: number
  read_before: number | null
  /** JSON, `{ id: n }`: members by holder id, and in how many readings in a row they have been missing: 0 or 1. */
  members: string
  /** 1: some members are named in a form that says nothing about holder ids, so that a holder may belong by one of them. */
  has_others: number
}

export interface MemberTables {
  member_lists: MemberListTable
}
