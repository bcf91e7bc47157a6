// What was stored on earlier visits: jobs, and how long they took.

/** The stored jobs at a client's base; `take` makes one of what the module told of its record. */
export async function jobs(client, records, place, take) {
  await records.ready();
  const storage = await client.storage();
  const jobs = [];
  for (const record of await storage.all()) {
    try {
      const told = records.call("recall", { ...place, record });
      // The client's token is not for the service of another client's job.
      if (told.elsewhere) continue;
      jobs.push(take(told));
      if (told.record) await storage.put(told.key, told.record);
    } catch (error) {
      client.warn(error.code, error.message);
    }
  }
  return jobs;
}

/** The wish with the `durations` of its like. Whatever goes wrong here keeps no job from being sent. */
export async function learned(client, records, storage, wish) {
  try {
    await records.ready();
    const { durations, known } = records.call("learn", { note: client.note, model: wish.model, input: wish.input });
    if (!known) return wish;
    const isNew = client.note.fresh?.length;
    client.note = { known, fresh: [] };
    if (isNew) await storage.notes?.put(client.note);
    return { ...wish, durations };
  } catch {
    if (!Array.isArray(client.note?.fresh)) client.note = { fresh: [] };
    return wish;
  }
}
