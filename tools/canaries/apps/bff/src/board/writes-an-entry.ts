// must fail: one-door
import type { Database } from '../database/schema.ts'

export const write = (database: Database) => database.deleteFrom('entries').execute()
