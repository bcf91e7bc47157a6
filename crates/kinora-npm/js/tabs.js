// Jobs that several tabs of a browser have open: one leads each of them, the others follow.
//
// Whoever has the lock of a job's name leads it: it has the machine, and asks the service. The others
// wait for the lock, which a tab loses when it closes or breaks, and with it go on from what is stored.
// On the channel of that name they ask for what happened, and tell what is wished of the job.

/** Follows the tab that leads a job, and leads it when that is over. */
export function follow(inside, job, name, before) {
  const { client } = inside;
  const channel = new BroadcastChannel(name);
  const waiting = new AbortController();
  const wishes = new Set();
  let unheard = 0;
  let wake;

  const ask = (what) => post(channel, { ask: what, from: job.since(0).length, isShown: isShown() });

  /** Somebody waits here: the leader is asked again and again, and replaced when it says nothing. */
  const insist = () => {
    wake?.();
    wake = client.clock.sleep(insist, EVERY_MS);
    // A page that is hidden is woken too seldom to judge; without an id a submit may be under way.
    if (isShown() && job.requestId && ++unheard > PATIENCE) lead({ steal: true });
    else ask("watch");
  };

  /** What is wished of the job: of its leader, and of the job itself once it is led here. */
  const wish = (what) => {
    if (job.end) return;
    wishes.add(what);
    if (what === "cancel") ask(what);
    if (what === "watch" || (what === "visible" && wishes.has("watch"))) {
      unheard = 0;
      insist();
    }
  };

  const stop = () => {
    wake?.();
    waiting.abort();
  };

  const takeOver = async () => {
    await client.beside("retake", job, before);
    // Until now it had no machine that could take a step.
    stop();
    delete job.step;
    delete job.watch;
    if (wishes.has("begin")) job.begin();
    if (wishes.has("watch")) job.watch();
    if (wishes.has("cancel")) await job.cancel();
  };

  const lead = (how) => {
    const leading = () => {
      stop();
      if (how.steal) ask("yield");
      return new Promise((release) => {
        job.release = leave(channel, release);
        channel.onmessage = ({ data }) => hear(inside, job, name, channel, data);
        if (job.end) job.release();
        else takeOver().catch(nothing);
      });
    };
    navigator.locks.request(name, how, leading).catch(nothing);
  };

  channel.onmessage = ({ data: { from, events } }) => {
    if (!events) return;
    unheard = 0;
    for (const event of events) if (from++ === job.since(0).length) job.tell(event);
  };
  job.release = leave(channel, stop);
  job.rest();
  job.step = (happened) => wish(happened?.is ?? "begin");
  job.watch = () => wish("watch");
  if (job.watched) job.watch();
  else ask("news");
  lead({ signal: waiting.signal });
}

/** A leader hears what another tab asks. */
export function hear(inside, job, name, channel, { ask, from, isShown: isAskerShown }) {
  if (!ask || job.end) return;
  const giveUp = () => {
    const { release } = job;
    follow(inside, job, name);
    release();
  };
  if (ask === "yield") return giveUp();
  tellAll(job, channel);
  post(channel, { from, events: job.since(from).filter(isNews).map(plain) });
  if (ask === "cancel") job.cancel().catch(nothing);
  if (ask !== "watch") return;
  // A browser wakes a hidden page once a minute.
  if (isAskerShown && !isShown() && job.requestId && !isBeingCancelled(job)) giveUp();
  else job.watch();
}

/** Everything that happens from now on, to whoever listens. */
function tellAll(job, channel) {
  if (told.has(channel)) return;
  told.add(channel);
  job.listen((event) => isNews(event) && post(channel, { from: job.since(0).length - 1, events: [plain(event)] }));
}

function isBeingCancelled(job) {
  return job.since(0).findLast(({ type }) => type === "cancel")?.outcome === "asked";
}

/** How a job ended is read from what is stored. */
function isNews({ type }) {
  return type !== "succeeded" && type !== "ended";
}

/** An event as a message, out of which an error would come without its code. */
function plain(event) {
  return event.error ? { ...event, error: members(event.error) } : event;
}

function members(error) {
  return { ...error, message: error.message, cause: error.cause?.code && members(error.cause) };
}

function post(channel, message) {
  try {
    channel.postMessage(message);
  } catch {
    // It was closed: the job has ended here, or is led elsewhere.
  }
}

function leave(channel, release) {
  return () => {
    channel.close();
    release();
  };
}

const isShown = () => !globalThis.document?.hidden;
const nothing = () => {};
/** The channels on which everything is told. */
const told = new WeakSet();
const EVERY_MS = 1500;
/** How often nothing may be heard of a leader before another takes its place. */
const PATIENCE = 3;
