// must fail: no-restricted-imports, nothing emulated
export { createEmulator } from '@lockdesk/flink-emulator'
// must fail: no-restricted-imports, cloud serves
export { startWatcher } from '../watch/watcher.ts'
