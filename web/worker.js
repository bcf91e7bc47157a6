// Makes the demo's videos beside the page. The first message says where the page's own module is,
// `{ js, wasm }`; every later one is an order. Answers are those of `kinora_demo::worker`.
//
// The page makes this worker from a TrustedScriptURL. Here nothing has to be trusted anew: import()
// takes a plain URL, of this origin only, by the page's `script-src 'self'`.

let load = (urls) => {
  const loaded = (async () => {
    const module = await import(urls.js);
    await module.default({ module_or_path: urls.wasm });
    return module;
  })();
  // The failure is told with the first order; until then it is not unhandled.
  loaded.catch(() => {});
  load = () => loaded;
  return loaded;
};

self.addEventListener('message', async ({ data }) => {
  const loading = load(data);
  if ('js' in data) return;
  try {
    const module = await loading;
    await module.filmInWorker(data, (news) => self.postMessage(news));
  } catch (error) {
    self.postMessage({ trouble: 'worker', words: String(error?.message ?? error) });
  }
});
