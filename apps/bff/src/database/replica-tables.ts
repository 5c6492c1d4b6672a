/** The one row that whoever writes the ledger holds meanwhile, and the time of the latest who did. */
export interface WriterTable {
  clock: number
}

/** Who is at work on a draft: takes of one draft run one at a time, over all replicas. A row that has expired stops nobody. */
export interface TurnTable {
  workspace: string
  namespace: string
  draft_id: string
  /** Tells this turn from every other. */
  owner: string
  process: string
  expires_at: number
}

/** What is left of the calls that one credential may send, whichever replica sends them. */
export interface CallBudgetTable {
  /** A digest of how the credential is configured. */
  credential: string
  /** A `BudgetState` as JSON. */
  state: string
}

export interface ReplicaTables {
  writer: WriterTable
  turns: TurnTable
  call_budgets: CallBudgetTable
}
