// The Chromium of the tests, without a window.

import { chromium } from "@playwright/test";

import { named } from "./harness.mjs";

/** A browser, with these arguments too. */
export const launched = (...args) =>
  chromium.launch({ executablePath: named("KINORA_CHROMIUM"), args: ["--no-sandbox", ...args] });
