// What a lone new job has no need of, loaded with the first wish for more.

export { turn } from "./budget.js";
export { categories, check, model, models, sendable } from "./known.js";
export { memory } from "./memory.js";
export { jobs, joined, learned, retake } from "./stored.js";
export { follow, hear } from "./tabs.js";
