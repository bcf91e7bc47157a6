// How long jobs took: read with the second job, since the first has nothing to learn from.

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
    return wish;
  }
}
