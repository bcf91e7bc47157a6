// Does the heavy work of a WebAssembly module beside the page. The worker's name is the module's, and
// the module exports one function of that name: it takes an order, a listener, and whether it shares
// its thread with a page. An order with a ticket is answered once, under that ticket; the others are
// answered by any number of news, for `kinora_demo::film`.
//
// The page makes this worker from a TrustedScriptURL. Here nothing has to be trusted anew: import()
// takes a plain URL, of this origin only, by the page's `script-src 'self'`.

const modules = {
  film: () => import('./film.js'),
  retouch: () => import('./retouch.js'),
};

const loaded = (async () => {
  const module = await modules[self.name]();
  await module.default();
  return module[self.name];
})();
// The failure is told with the first order; until then it is not unhandled.
loaded.catch(() => {});

self.addEventListener('message', async ({ data }) => {
  const { ticket, order } = data;
  const isAnsweredOnce = ticket !== undefined;
  try {
    const work = await loaded;
    if (isAnsweredOnce) work(order, (answer) => self.postMessage({ ticket, answer }), false);
    else work(data, (news) => self.postMessage(news), false);
  } catch (error) {
    const words = String(error?.message ?? error);
    self.postMessage(isAnsweredOnce ? { ticket } : { trouble: 'worker', words });
  }
});
