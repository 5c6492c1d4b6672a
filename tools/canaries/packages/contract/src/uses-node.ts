// must fail: no-restricted-imports, contract
export { readFileSync } from 'node:fs'
