'use strict';
(function () {
  const byId = id => document.getElementById(id);
  const form = byId('filter');
  const articles = [...document.querySelectorAll('article')];
  const groups = [...document.querySelectorAll('details.group')];
  const texts = new Map(articles.map(article => [article, article.textContent.toLowerCase()]));
  const opened = new Map(groups.map(group => [group, group.open]));

  function apply() {
    const text = byId('text').value.trim().toLowerCase();
    const status = byId('status').value;
    const area = byId('group').value;
    const filtered = text !== '' || status !== '' || area !== '';
    let shown = 0;
    for (const group of groups) {
      let inGroup = 0;
      for (const article of group.querySelectorAll('article')) {
        const matches = (area === '' || group.dataset.group === area)
            && (status === '' || article.dataset.status === status)
            && texts.get(article).includes(text);
        article.hidden = !matches;
        inGroup += matches ? 1 : 0;
      }
      group.hidden = inGroup === 0;
      group.open = filtered ? inGroup > 0 : opened.get(group);
      shown += inGroup;
    }
    byId('shown').textContent = shown + ' of ' + articles.length + ' rules';
    byId('none').hidden = shown > 0;
  }

  function reveal() {
    const target = byId(location.hash.slice(1));
    const group = target && target.closest('details');
    if (group) {
      group.open = true;
      target.scrollIntoView();
    }
  }

  form.addEventListener('input', apply);
  form.addEventListener('submit', event => event.preventDefault());
  addEventListener('hashchange', reveal);
  form.hidden = false;
  apply();
  reveal();
})();
