// must fail: no-restricted-imports, one-way
export { takeLock } from '../locks/take-lock.ts'
