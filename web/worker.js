// Makes the demo's videos beside the page. Every message is an order; answers are the news of
// `kinora_demo::film`.
//
// The page makes this worker from a TrustedScriptURL. Here nothing has to be trusted anew: import()
// takes a plain URL, of this origin only, by the page's `script-src 'self'`.

const loaded = (async () => {
  const module = await import('./film.js');
  await module.default();
  return module;
})();
// The failure is told with the first order; until then it is not unhandled.
loaded.catch(() => {});

self.addEventListener('message', async ({ data }) => {
  try {
    const module = await loaded;
    module.film(data, (news) => self.postMessage(news), false);
  } catch (error) {
    self.postMessage({ trouble: 'worker', words: String(error?.message ?? error) });
  }
});
