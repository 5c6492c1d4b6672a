// must fail: no-restricted-imports, one-way
export { startWatcher } from '../watch/watcher.ts'
