// Fails if a link of the site leads to a page, a file or an anchor that is not there: links.mjs SITE BASE
import fs from 'node:fs'
import path from 'node:path'

const [site, base] = process.argv.slice(2)
const files = fs.readdirSync(site, { recursive: true }).map(name => name.replaceAll('\\', '/'))
const html = files.filter(name => name.endsWith('.html') && name !== '404.html')
const texts = new Map(html.map(name => [name, fs.readFileSync(path.join(site, name), 'utf8')]))
const anchors = new Map(
  [...texts].map(([name, text]) => [name, new Set([...text.matchAll(/ id="([^"]*)"/g)].map(found => found[1]))])
)

/** What is wrong with a link of a page, or nothing. */
function problem(page, href) {
  const url = new URL(href.replaceAll('&amp;', '&'), 'http://site' + base + page)
  if (url.host !== 'site') {
    return undefined
  }
  let file = decodeURIComponent(url.pathname.slice(base.length))
  file = file === '' || file.endsWith('/') ? file + 'index.html' : file
  if (!files.includes(file)) {
    return 'no such file'
  }
  const anchor = decodeURIComponent(url.hash.slice(1))
  return anchor && anchors.has(file) && !anchors.get(file).has(anchor) ? 'no such anchor' : undefined
}

let broken = 0
let followed = 0
for (const [page, text] of texts) {
  for (const [, href] of text.matchAll(/<a [^>]*href="([^"]*)"/g)) {
    const wrong = problem(page, href)
    followed++
    if (wrong) {
      console.error(`${page}: ${href}: ${wrong}`)
      broken++
    }
  }
}
console.log(`${html.length} pages, ${followed} links, ${broken} broken`)
process.exit(broken > 0 || followed === 0 ? 1 : 0)
