// Starts the app: policies for trusted types, the theme, the wasm module, and a plain sentence when
// something breaks. Everything else is in the module.

const root = document.documentElement;
const script = document.querySelector('script[data-wasm]');
const absolute = (path) => new URL(path, document.baseURI).href;
const js = absolute(script.dataset.js);
const wasm = absolute(script.dataset.wasm);

/** Leptos clones its markup from templates. Scripts get no policy here and stay forbidden. */
globalThis.trustedTypes?.createPolicy('default', { createHTML: (html) => html });

/** The worker's address is the only one that may become a script. */
const workerUrl = absolute('worker.js');
const policy = globalThis.trustedTypes?.createPolicy('kinora', {
  createScriptURL(url) {
    if (url === workerUrl) return url;
    throw new TypeError(`Not a script of this page: ${url}`);
  },
});

/** Modules that cost nothing before they are needed: the demo's service, the one that makes its videos,
 * and the one that looks at images and copies them. */
const load = (path) => async () => {
  const module = await import(path);
  await module.default();
  return module;
};
globalThis.kinoraModule = {
  worker: policy ? policy.createScriptURL(workerUrl) : workerUrl,
  demo: load('./demo.js'),
  // For this thread, where there can be no worker.
  film: load('./film.js'),
  retouch: load('./retouch.js'),
  // On this thread always: it looks at connections, and keeps tokens.
  connect: load('./connect.js'),
};

// The theme: light, dark, or what the system says.

const THEME_KEY = 'kinora-theme';

function readTheme() {
  try {
    return localStorage.getItem(THEME_KEY) ?? 'auto';
  } catch {
    return 'auto';
  }
}

function showTheme(theme) {
  if (theme === 'auto') delete root.dataset.theme;
  else root.dataset.theme = theme;
  for (const input of document.getElementsByName('theme')) input.checked = input.value === theme;
}

document.addEventListener('change', ({ target }) => {
  if (target.name !== 'theme') return;
  showTheme(target.value);
  try {
    localStorage.setItem(THEME_KEY, target.value);
  } catch {
    // Without storage the choice holds until the page is closed.
  }
});
showTheme(readTheme());

// What breaks is said, and can be told.

const faults = document.getElementById('faults');

function element(name, properties, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

function showFault(sentence, cause) {
  if (faults.childElementCount) return;
  const report = [sentence, cause?.stack ?? cause, location.origin + location.pathname, navigator.userAgent]
    .filter(Boolean)
    .join('\n');
  const copy = element('button', { className: 'button', type: 'button', textContent: 'Copy report' });
  copy.onclick = () =>
    navigator.clipboard.writeText(report).then(
      () => (copy.textContent = 'Copied'),
      () => faults.firstChild.append(element('pre', { textContent: report })),
    );
  const reload = element('button', { className: 'button', type: 'button', textContent: 'Reload' });
  reload.onclick = () => location.reload();
  const notice = element(
    'div',
    { className: 'notice' },
    element('p', { className: 'what', textContent: sentence }),
    element('p', { textContent: 'What you typed and any running job are kept. Reload to go on.' }),
    element('div', { className: 'actions' }, reload, copy),
  );
  notice.dataset.kind = 'bad';
  faults.append(notice);
}

/** A player that is stopped or not allowed to start by itself rejects; that is no fault. */
const harmless = (cause) =>
  cause instanceof DOMException && ['AbortError', 'NotAllowedError'].includes(cause.name);

addEventListener('error', ({ message, error }) => {
  if (!message.includes('ResizeObserver')) showFault('Something in this page broke.', error ?? message);
});
addEventListener('unhandledrejection', ({ reason }) => {
  if (!harmless(reason)) showFault('Something in this page broke.', reason);
});

// Whoever puts the page up may set a relay, a title and what the form begins with, without a build:
// { "relay": "./", "title": "…", "defaults": { "resolution": "1080P" } }

async function configure() {
  const answer = await fetch('config.json');
  if (!answer.ok) return;
  const { relay, title, defaults } = await answer.json();
  if (title) document.title = title;
  const form = { ...defaults, source: defaults?.img_url, seed: defaults?.seed?.toString() };
  const settings = relay && { mode: 'relay', relay: new URL(relay, document.baseURI).href };
  // What a first visit finds, as if it had been left so.
  if (relay || defaults) root.dataset.first = JSON.stringify({ form, settings });
}
const configured = configure().catch((cause) =>
  showFault('The file config.json beside this page cannot be read. Its owner should look.', cause),
);

// The app takes the place of its outline before the next paint.

new MutationObserver((_, observer) => {
  if (document.getElementsByTagName('main').length < 2) return;
  document.getElementById('outline').remove();
  showTheme(readTheme());
  observer.disconnect();
}).observe(document.body, { childList: true });

if (typeof WebAssembly === 'object') {
  try {
    const { default: start } = await import(js);
    await configured;
    await start({ module_or_path: wasm });
  } catch (cause) {
    showFault('Kinora could not start: a part of it did not load.', cause);
  }
} else {
  showFault('Kinora needs WebAssembly, which this browser does not have or does not allow.');
}
