/** Why a file could not be used, in words, from what the file system or SQLite says. */
export function fileReason(error: unknown): string {
  const { code = '', errcode = 0, message } = error as { code?: string; errcode?: number; message: string }
  return (code === 'ERR_SQLITE_ERROR' ? sqliteReasons[errcode & 0xff] : reasons[code]) ?? message
}

const noRight = 'this user has no right to write there'

const reasons: Record<string, string> = {
  EACCES: noRight,
  EPERM: noRight,
  EROFS: 'the file system is read-only',
  ENOENT: 'the folder does not exist and cannot be created',
  ENOTDIR: 'a part of the path is a file, not a folder',
  EEXIST: 'a part of the path is a file, not a folder',
  EISDIR: 'it is a folder, not a file',
  ENOSPC: 'the disk is full',
}

const sqliteReasons: Record<number, string> = {
  8: noRight,
  10: 'the disk does not read or write it',
  13: 'the disk is full',
  14: 'it cannot be opened, or the files that SQLite keeps beside it cannot be made',
}
