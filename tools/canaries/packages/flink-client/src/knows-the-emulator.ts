// must fail: no-restricted-imports, flink-client
export { createEmulator } from '@lockdesk/flink-emulator'
