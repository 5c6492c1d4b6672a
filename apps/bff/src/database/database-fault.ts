/** The store that the configuration names cannot be used. The message is a sentence for the operator; no stack is needed beside it. */
export class DatabaseFault extends Error {
  /** The setting that decides about it. */
  readonly setting = 'LOCKDESK_DATABASE_URL'

  constructor(sentence: string, options?: ErrorOptions) {
    super(`LOCKDESK_DATABASE_URL: ${sentence}`, options)
    this.name = 'DatabaseFault'
  }
}

/** Another process has the file open, and it is that process's own. */
export class DatabaseInUse extends DatabaseFault {
  constructor(path: string, options?: ErrorOptions) {
    super(
      `${path} is in use by another process. One Lockdesk owns its file; nothing is broken and nothing needs to be deleted. ` +
        'Stop the other one, or give this one a file of its own, for example sqlite:data/second/lockdesk.sqlite.',
      options,
    )
    this.name = 'DatabaseInUse'
  }
}
