// must fail: no-restricted-imports, Looking never takes
export { takeLock } from '../locks/take-lock.ts'
