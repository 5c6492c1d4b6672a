/** What the server is told from outside, checked as a whole. */
export { readArguments, type Arguments } from './arguments.ts'
export { ConfigFault, type Fault } from './config-fault.ts'
export type { Config, FixedKey, NamespaceRule, WorkspaceConfig } from './config.ts'
export { modeOf } from './mode.ts'
export { namesFirstAdmin, readConfig, readDatabaseUrl, readSecret } from './read-config.ts'
export { findSecret, openSecret } from './secret.ts'
