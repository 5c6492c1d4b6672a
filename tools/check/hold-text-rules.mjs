// Ends with 1 where a file breaks one of the text rules.
import fs from 'node:fs'
import { at } from '../launcher/places.mjs'
import { filesBelow } from './files.mjs'
import { brokenRules } from './text-rules.mjs'

const files = filesBelow('.').filter(file => !file.startsWith('tools/canaries/'))
for (const file of files)
  for (const { name, reason } of brokenRules(file, fs.readFileSync(at(file), 'utf8'))) {
    console.error(`${file}: ${name}\n  ${reason}`)
    process.exitCode = 1
  }
