import { fileReason } from './file-reasons.ts'

/** A backup was not made. The message is a sentence for the operator; nothing is left where it should have been. */
export class BackupFault extends Error {
  constructor(path: string, cause: unknown) {
    super(
      (cause as { code?: string }).code === 'EEXIST'
        ? `${path} is there already, and a backup overwrites nothing. Name a file that is not there.`
        : `${path} could not be written: ${fileReason(cause)}. What was there before is as it was.`,
      { cause },
    )
    this.name = 'BackupFault'
  }
}
