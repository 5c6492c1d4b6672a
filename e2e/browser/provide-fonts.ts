import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { openTypeFromWoff } from './opentype-from-woff.ts'

const require = createRequire(import.meta.url)
const chineseFont = '@fontsource/noto-sans-sc/files/noto-sans-sc-chinese-simplified-400-normal.woff'

/**
 * Makes a fontconfig file with a font for Chinese, beside whatever the machine has.
 * @param room where the font and the file are kept
 * @param more further folders with fonts
 * @returns the file's path, for FONTCONFIG_FILE
 */
export function provideFonts(room: string, more: readonly string[] = []): string {
  const fonts = join(room, 'fonts')
  const font = join(fonts, 'NotoSansSC-Regular.otf')
  mkdirSync(fonts, { recursive: true })
  if (!existsSync(font)) writeWhole(font, openTypeFromWoff(readFileSync(require.resolve(chineseFont))))
  const folders = [fonts, ...more].map(folder => `  <dir>${escaped(folder)}</dir>`).join('\n')
  const file = join(room, more.length > 0 ? 'fonts-and-more.conf' : 'fonts.conf')
  writeWhole(
    file,
    `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
${folders}
  <cachedir>${escaped(join(room, 'font-cache'))}</cachedir>
</fontconfig>
`,
  )
  return file
}

/** Never half a file, also where two write it at once. */
function writeWhole(file: string, content: string | Buffer): void {
  const part = `${file}.${process.pid}`
  writeFileSync(part, content)
  renameSync(part, file)
}

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
