// must fail: no-restricted-imports, database serves everybody
export { observeLocks } from '../ledger/observe-locks.ts'
