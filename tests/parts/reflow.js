// What runs off the page, is cut, or lies over something else: one line each.
() => {
  const faults = [];
  const root = document.scrollingElement;
  if (root.scrollWidth > root.clientWidth) faults.push(`runs off: ${root.scrollWidth} wide`);
  const name = (one) => {
    const words = (one.innerText || one.value || '').trim().replace(/\s+/g, ' ').slice(0, 30);
    const kind = [one.localName, ...one.classList].join('.');
    return `${kind} "${words}"`;
  };
  const isShown = (one) => one.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  const floats = (one) => {
    for (let at = one; at; at = at.parentElement) {
      const style = getComputedStyle(at);
      if (['fixed', 'sticky'].includes(style.position)) return true;
      if (style.position === 'absolute' && style.zIndex !== 'auto') return true; // an open menu
      if (style.clip !== 'auto' || style.clipPath !== 'none' || at.matches('svg')) return true;
    }
    return false;
  };
  const own = (one) => [...one.childNodes].filter((n) => n.nodeType === 3 && n.textContent.trim());
  const lines = [];
  for (const one of document.body.querySelectorAll('*')) {
    const isField = one.matches('input:not([type=hidden]), select, textarea, button, img');
    if (!(isField || own(one).length) || one.matches('script, style, option')) continue;
    if (!isShown(one) || floats(one)) continue;
    const style = getComputedStyle(one);
    const hides = ['hidden', 'clip'].includes(style.overflowX) && !one.matches('input, textarea');
    if (hides && one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 1)
      faults.push(`cut: ${name(one)} ${one.scrollWidth} in ${one.clientWidth}`);
    const rects = isField ? [one.getBoundingClientRect()] : own(one).flatMap((node) => {
      const range = document.createRange();
      range.selectNodeContents(node);
      return [...range.getClientRects()];
    });
    for (const rect of rects) {
      if (rect.right <= 0 || rect.width <= 8 || rect.height <= 8) continue; // put aside, or a dot
      if (rect.left < -1) faults.push(`cut: ${name(one)} begins at ${Math.round(rect.left)}`);
      lines.push({ one, rect });
    }
  }
  const edge = 4;
  lines.sort((a, b) => a.rect.top - b.rect.top);
  const seen = new Set();
  lines.forEach((a, at) => {
    for (let next = at + 1; next < lines.length; next++) {
      const b = lines[next];
      if (b.rect.top > a.rect.bottom - edge) break;
      const across = Math.min(a.rect.right, b.rect.right) - Math.max(a.rect.left, b.rect.left);
      if (across <= edge || a.one.contains(b.one) || b.one.contains(a.one)) continue;
      const said = `over another: ${name(a.one)} and ${name(b.one)}`;
      if (!seen.has(said)) faults.push(said);
      seen.add(said);
    }
  });
  return faults;
}
