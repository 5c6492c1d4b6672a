// must fail: no-restricted-imports, cloud serves the rooms
export { startWatcher } from '../watch/watcher.ts'
