// Vizor.ECharts hands its options over as text and evaluates it, which the content security policy forbids.
// The options of this portal hold no functions: they are plain JSON. Its own functions also fail for a chart that is not there,
// which ends the page: a reader may leave before a chart is drawn.
Object.assign(vizorECharts, {
  async initChart(id, theme, initOptions, chartOptions) {
    const element = document.getElementById(id);
    if (!element) return;
    const { renderer, width, height } = JSON.parse(initOptions);
    const chart = echarts.init(element, theme, { renderer, width: width ?? undefined, height: height ?? undefined });
    chart.__resizeHandler = () => chart.resize();
    window.addEventListener('resize', chart.__resizeHandler);
    vizorECharts.charts.set(id, chart);
    if (chartOptions !== null) chart.setOption(JSON.parse(chartOptions));
  },
  async updateChart(id, chartOptions) {
    const chart = vizorECharts.charts.get(id);
    chart?.resize(); // More rows, more room.
    chart?.setOption(JSON.parse(chartOptions));
  },
  attachClickEvent(id, component) {
    vizorECharts.charts.get(id)?.on('click', ({ dataIndex, seriesIndex }) => component.invokeMethodAsync('HandleChartClick', { dataIndex, seriesIndex }));
  },
});

document.addEventListener('click', (event) => {
  if (event.target.closest('[data-reload]')) {
    event.preventDefault();
    location.reload();
  }
  if (event.target.closest('[data-fullscreen]')) document.documentElement.requestFullscreen();
});

// A portal that was started again knows nothing of the pages that were open, and a page gives up connecting after some minutes. It loads
// itself anew then, for nobody stands before a wall to do it; not before the portal can serve it, or the browser's own error would stay.
const reloadOnceReady = async () => {
  const portal = await fetch('/health/ready', { cache: 'no-store' }).catch(() => null);
  if (portal?.ok) location.reload();
  else setTimeout(reloadOnceReady, 5_000);
};
// The event does not bubble.
document.addEventListener('components-reconnect-state-changed', ({ detail }) => ['rejected', 'failed'].includes(detail.state) && reloadOnceReady(), true);

// Forms. What is typed is kept in this tab until the form is sent, so that neither a lost connection nor a reload loses it.
const kept = (key) => `luodi-form ${key}`;
// Forms in which somebody has typed already. What is kept of them is what stands in them: put in once more it would take away what is typed meanwhile.
const typed = new WeakSet();
const entered = (form) => Object.fromEntries(new FormData(form));
window.luodi = {
  entered,
  kept: (key) => [...document.forms].some((form) => form.dataset.keep === key && typed.has(form)) ? null : JSON.parse(sessionStorage.getItem(kept(key))),
  forget: (key) => sessionStorage.removeItem(kept(key)),
  reload: () => location.reload(),
  // What it looks for may be drawn a moment later than this is called.
  async showProblem(form) {
    for (let frames = 0; frames < 60; frames++) {
      const problem = form.querySelector('[aria-invalid=true]') ?? form.querySelector('.problem');
      if (problem) {
        problem.focus();
        return;
      }
      await new Promise(requestAnimationFrame);
    }
  },
};
for (const event of ['input', 'change']) {
  document.addEventListener(event, ({ target }) => {
    const form = target.closest?.('form[data-keep]');
    if (!form) return;
    typed.add(form);
    sessionStorage.setItem(kept(form.dataset.keep), JSON.stringify(entered(form)));
  });
}
// Before the page is alive a form would be sent by the browser itself.
document.addEventListener('submit', (event) => {
  if (event.target.matches('form[data-keep]') && !document.querySelector('main[data-interactive]')) event.preventDefault();
}, true);
// A form that the browser itself sends is sent once: it would drop the answer to the first of two and show the second's, that the code
// is used already, or that the password is no new one. Whoever comes back to the page may send it again.
let sent = new WeakSet();
document.addEventListener('submit', (event) => {
  if (!event.target.matches('form[method=post]')) return;
  if (sent.has(event.target)) event.preventDefault();
  sent.add(event.target);
}, true);
addEventListener('pageshow', () => { sent = new WeakSet(); });
// In an open list of choices these keys choose, and neither send the form nor move the cursor.
document.addEventListener('keydown', (event) => {
  if (event.target.matches?.('[role=combobox][aria-expanded=true]') && ['Enter', 'ArrowUp', 'ArrowDown'].includes(event.key)) event.preventDefault();
}, true);

// Work in an open page goes over its socket, which renews no session: while somebody works here, or a wall shows figures,
// the door is told so once a minute.
let told = Date.now();
const alive = () => {
  if (Date.now() - told < 60_000) return;
  told = Date.now();
  fetch('/account/alive', { method: 'POST' }).catch(() => {});
};
for (const event of ['pointerdown', 'keydown', 'wheel']) document.addEventListener(event, alive, { capture: true, passive: true });
setInterval(() => document.querySelector('main[data-stays]') && alive(), 10_000);

// Menus close when the reader goes elsewhere; Escape gives the focus back.
const closeMenus = (except) => document.querySelectorAll('details.menu[open]').forEach((menu) => {
  if (!menu.contains(except)) menu.open = false;
});
const openNav = (open) => {
  document.documentElement.toggleAttribute('data-nav-open', open);
  document.querySelector('[data-nav=open]')?.setAttribute('aria-expanded', String(open));
};
document.addEventListener('click', ({ target }) => {
  closeMenus(target);
  if (target.closest('[data-nav=open]')) {
    openNav(true);
    document.querySelector('#side a')?.focus();
  } else if (target.closest('[data-nav=close], #side a')) {
    openNav(false);
  }
  if (target.closest('.menu-panel a')) closeMenus(null);
  if (target.closest('[data-print]')) window.print();
  // The address moves by itself, the focus does not.
  if (target.closest('.skip')) document.getElementById('main').focus();
});
document.addEventListener('focusin', ({ target }) => closeMenus(target));
document.addEventListener('keydown', (event) => {
  const typing = event.target.matches?.('input, textarea, select, [contenteditable]');
  if (event.key === 'Escape') {
    const menu = event.target.closest?.('details.menu[open]');
    closeMenus(null);
    menu?.querySelector('summary').focus();
    if (document.documentElement.hasAttribute('data-nav-open')) {
      openNav(false);
      document.querySelector('[data-nav=open]')?.focus();
    }
  } else if (event.key === '/' && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
    const find = document.getElementById('find');
    if (find?.offsetParent) {
      event.preventDefault();
      find.focus();
      find.select();
    }
  }
});
