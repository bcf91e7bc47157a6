// Does the heavy work of a WebAssembly module beside the page. The worker's name is the module's, and
// the module exports one function of that name: it takes an order, a listener, and whether it shares
// its thread with a page. An order with a ticket is answered under that ticket, by any number of news
// marked as `more` and then an answer; the ticket alone stops the work on it. The others are answered
// by any number of news, for `kinora_demo::film`.
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

/** What stops the work on a ticket, as long as there is some. */
const stops = new Map();

function stop(ticket) {
  stops.get(ticket)?.();
  stops.delete(ticket);
}

function answer(work, ticket, order) {
  const report = (answer) => {
    self.postMessage({ ticket, answer });
    if (!answer?.more) stop(ticket);
  };
  stops.set(ticket, work(order, report, false));
}

self.addEventListener('message', async ({ data }) => {
  const { ticket, order } = data;
  try {
    const work = await loaded;
    if (ticket === undefined) work(data, (news) => self.postMessage(news), false);
    else if (order === undefined) stop(ticket);
    else answer(work, ticket, order);
  } catch (error) {
    const words = String(error?.message ?? error);
    self.postMessage(ticket === undefined ? { trouble: 'worker', words } : { ticket });
  }
});
