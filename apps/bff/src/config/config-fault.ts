/** One thing that is wrong with the configuration. */
export interface Fault {
  /** The setting, or the place in the file: `LOCKDESK_REGION`, `LOCKDESK_CONFIG: workspaces.0.region`. */
  setting: string
  /** What is wrong, as the rest of a sentence that begins with the setting. Never a value that could be a secret. */
  message: string
  /** How it could look, or what to do. */
  example: string
}

/** The configuration cannot be used. The message lists everything that is wrong with it, one line each. */
export class ConfigFault extends Error {
  readonly faults: readonly Fault[]

  constructor(faults: readonly Fault[]) {
    const lines = faults.map(({ setting, message, example }) => `  ${setting} ${message} Example: ${example}`)
    super([`Lockdesk is not configured as it must be (${faults.length}):`, ...lines].join('\n'))
    this.name = 'ConfigFault'
    this.faults = faults
  }
}
