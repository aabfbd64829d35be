import fs from 'node:fs'
import { defineConfig } from 'vitepress'

/** Slugs as GitHub makes them, so that links to headings work in both places. */
const slugify = heading =>
  heading
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replace(/\s/g, '-')

/** The pages that a line of docs/README.md links to. */
function pages(line) {
  return [...line.matchAll(/\[([^\]]+)\]\(([^)]+)\)/g)].map(([, text, target]) => {
    const url = new URL(target.replace(/(index)?\.md/, ''), 'http://site/docs/')
    return { text: text[0].toUpperCase() + text.slice(1), link: url.pathname + url.hash }
  })
}

/** The groups of docs/README.md, each with the pages of its table, and those that are generated. */
function sidebar() {
  const all = { text: 'For all readers', items: [{ text: 'All pages by reader', link: '/docs/' }] }
  const groups = []
  for (const line of fs.readFileSync('pages/docs/index.md', 'utf8').split('\n')) {
    if (line.startsWith('## ')) {
      groups.push({ text: line.slice(3), items: [] })
    } else if (line.startsWith('| [')) {
      groups.at(-1).items.push(...pages(line.split(' | ')[0]))
    } else if (line.startsWith('For all readers')) {
      all.items.push(...pages(line))
    }
  }
  const generated = ['rules', 'kill-matrix'].filter(name => fs.existsSync(`pages/docs/${name}.md`))
  all.items.push(...pages(generated.map(name => `[${name.replace('-', ' ')}](${name}.md)`).join(' ')))
  return [...groups, all]
}

/** Diagrams are drawn in the browser. */
function mermaid(md) {
  const fence = md.renderer.rules.fence
  md.renderer.rules.fence = (tokens, index, ...rest) =>
    tokens[index].info.trim() === 'mermaid'
      ? `<Diagram code="${encodeURIComponent(tokens[index].content)}" />`
      : fence(tokens, index, ...rest)
}

export default defineConfig({
  title: 'Headwater',
  description: 'One API for event stores, and a TCK that proves that they behave the same',
  base: process.env.SITE_BASE ?? '/',
  srcDir: 'pages',
  outDir: '../site',
  markdown: { anchor: { slugify }, config: mermaid },
  themeConfig: {
    sidebar: sidebar(),
    outline: { level: [2, 3] },
    search: { provider: 'local' }
  }
})
