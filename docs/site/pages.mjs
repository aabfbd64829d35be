// Copies the Markdown files of the project, and the generated pages, to where the site is built from: pages.mjs ROOT PAGES
import fs from 'node:fs'
import path from 'node:path'

const [root, pages] = process.argv.slice(2)
const GENERATED = 'project-tests/target/docs'
const SKIPPED = new Set(['target', 'node_modules', 'src', 'site'])

/** The pages of a folder and those below it, as paths from the root. */
function* markdown(folder = '') {
  for (const entry of fs.readdirSync(path.join(root, folder), { withFileTypes: true })) {
    const file = path.posix.join(folder, entry.name)
    if (entry.isDirectory() && !entry.name.startsWith('.') && !SKIPPED.has(entry.name)) {
      yield* markdown(file)
    } else if (entry.isFile() && entry.name.endsWith('.md')) {
      yield file
    }
  }
}

/** README.md is the page of its folder. */
const asIndex = file => file.replace(/(^|\/)README\.md/, '$1index.md')

/** A file that is no page is published as it is. A name without an ending gets one, so that browsers show it. */
function published(file) {
  const name = path.extname(file) ? file : file + '.txt'
  const target = path.join(pages, 'public', name)
  fs.mkdirSync(path.dirname(target), { recursive: true })
  fs.copyFileSync(path.join(root, file), target)
  return '/' + name
}

function link(page, target) {
  if (/^([a-z]+:|#)/i.test(target)) {
    return target
  }
  if (/\.md(#.*)?$/.test(target)) {
    return asIndex(target)
  }
  return published(path.posix.join(path.posix.dirname(page), target))
}

function copy(page, from) {
  const text = fs
    .readFileSync(from, 'utf8')
    .replace(/(\]\()([^()\s]+)(\))/g, (all, before, target, after) => before + link(page, target) + after)
  const to = path.join(pages, asIndex(page))
  fs.mkdirSync(path.dirname(to), { recursive: true })
  fs.writeFileSync(to, text)
}

for (const page of markdown()) {
  copy(page, path.join(root, page))
}
const generated = path.join(root, GENERATED)
for (const name of fs.existsSync(generated) ? fs.readdirSync(generated) : []) {
  if (name.endsWith('.md')) {
    copy('docs/' + name, path.join(generated, name))
  }
}
