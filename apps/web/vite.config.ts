import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

const worthCompressing = /\.(?:js|css|html|svg|json|map)$/

/** Lays `.br` and `.gz` beside each text file, so that the server compresses nothing while people wait, and tells the first load. */
function precompress(): Plugin {
  let folder = 'dist'
  return {
    name: 'precompress',
    apply: 'build',
    configResolved(config) {
      folder = join(config.root, config.build.outDir)
    },
    closeBundle() {
      const firstLoad = new Set(
        [...readFileSync(join(folder, 'index.html'), 'utf8').matchAll(/(?:src|href)="\/([^"]+\.(?:js|css))"/g)].map(
          match => match[1] ?? '',
        ),
      )
      let script = 0
      for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
        if (!entry.isFile() || !worthCompressing.test(entry.name)) continue
        const path = join(entry.parentPath, entry.name)
        const plain = readFileSync(path)
        const gzip = gzipSync(plain, { level: 9 })
        const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: plain.length }
        writeFileSync(`${path}.gz`, gzip)
        writeFileSync(`${path}.br`, brotliCompressSync(plain, { params }))
        const isFirst = firstLoad.has(path.slice(folder.length + 1).replaceAll('\\', '/'))
        if (isFirst && path.endsWith('.js')) script += gzip.length
      }
      console.log(`first load: ${(script / 1000).toFixed(1)} kB of script, gzipped`)
    },
  }
}

export default defineConfig({
  plugins: [react(), precompress()],
  build: {
    // What light-dark(), :has() and container queries need; named, so that the tokens are not rewritten for older browsers.
    target: ['chrome123', 'edge123', 'firefox121', 'safari17.5'],
    // Inlined fonts and images would need data: in the content security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
  server: {
    proxy: { '/api': { target: `http://127.0.0.1:${process.env['PORT'] ?? '4180'}` } },
  },
})
