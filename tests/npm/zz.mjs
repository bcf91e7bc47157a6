import { OURS } from "./peers/programs.mjs";
import { bundled, weigh } from "./peers/weigh.mjs";
const { first } = await bundled(OURS.kinora, "/tmp/sz");
const u = await bundled(OURS["kinora/url"], "/tmp/sz");
console.log(weigh(first).brotli, weigh(u.first).brotli, weigh(u.first).raw);
