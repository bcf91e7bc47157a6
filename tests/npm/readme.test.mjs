// The README's own blocks: all of them compile, and those that make a whole program do what they say.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";

import { consumer, emulator, host, leave, run } from "./harness.mjs";
import { launched } from "./launched.mjs";
import { snippets } from "./snippets.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));
const RELAY = "https://relay.example.com";
const RUNCOMFY = "https://model-api.runcomfy.net";
/** As long as a relay wants it. */
const TOKEN = "a-token-for-tests-0123456789";

let place, service, site, browser, blocks;

before(async () => {
  // Below this folder, where React, Vue and the compilers are.
  [place, service] = await Promise.all([consumer({}, here), emulator("--queue", "1", "--run", "1")]);
  blocks = await snippets(place.folder);
  site = await host(place.folder);
  browser = await launched();
});

after(() => leave(browser, site, service, place));

/** The only block of a language below a heading, or the one at a place; it asks the emulator. */
function block(heading, language, at = 0) {
  const found = blocks.filter((block) => block.heading === heading && block.language === language)[at];
  assert.ok(found, `the README has no block of ${language} below "${heading}"`);
  return found.text.replaceAll(RELAY, service.base).replaceAll(RUNCOMFY, service.base);
}

test("every block compiles, strictly", async () => {
  const folder = join(place.folder, "compiled");
  await mkdir(folder);
  const compiled = blocks.filter(({ language }) => !UNCOMPILED.includes(language));
  for (const [at, { language, text }] of compiled.entries()) {
    const goesOn = /\bkinora\./.test(text) && !/\bconst kinora\b/.test(text);
    const prelude = goesOn ? 'declare const kinora: import("kinora").Client;\n' : "";
    const ending = language === "vue" ? "" : "export {};\n";
    await writeFile(join(folder, `block-${at}.${language}`), prelude + text + ending);
  }
  await writeFile(join(folder, "host.d.ts"), HOST);
  await writeFile(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions: STRICT, include: ["."] }));
  const program = join(here, "node_modules/.bin/vue-tsc");
  await run(program, ["--project", folder]).catch(({ stdout, stderr }) => assert.fail(`${stdout}${stderr}`));
  assert.ok(compiled.length > 10, `${compiled.length} blocks are too few: are they read?`);
});

/** Kinds of blocks that no compiler reads. The pages below run the HTML. */
const UNCOMPILED = ["sh", "text", "html"];
/** What the hosts of some blocks have. */
const HOST = `interface DurableObjectNamespace {
  idFromName(name: string): object;
  get(id: object): { fetch(request: Request): Promise<Response> };
}`;
const STRICT = {
  module: "esnext",
  moduleResolution: "bundler",
  target: "es2022",
  lib: ["es2022", "esnext.disposable", "dom", "dom.iterable"],
  jsx: "react-jsx",
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  noUnusedLocals: true,
  allowJs: true,
  checkJs: true,
  noEmit: true,
  types: ["node"],
};

describe("in Chromium", () => {
  /** Opens a page of the site; `told` is what it writes to the console. */
  async function opened(path, context) {
    const tab = await (context ?? (await browser.newContext())).newPage();
    const told = [];
    tab.on("console", (message) => told.push(message.text()));
    tab.on("pageerror", (error) => told.push(String(error)));
    await tab.goto(site.base + path);
    return { tab, told };
  }

  /** Bundles a program by esbuild, for a page with these elements; returns the page's path. */
  async function bundled(name, program, elements = "") {
    const { build } = await import("esbuild");
    const stdin = { contents: program, loader: "ts", resolveDir: place.folder };
    await build({ stdin, bundle: true, format: "esm", outfile: join(place.folder, `${name}.js`), logLevel: "error" });
    return written(name, `<!doctype html>${elements}<script type="module" src="./${name}.js"></script>`);
  }

  async function written(name, html) {
    await writeFile(join(place.folder, `${name}.html`), html);
    return `${name}.html`;
  }

  /** Builds a project by Vite; returns the page's path. */
  async function built(name, files, plugin) {
    const root = join(place.folder, name);
    await mkdir(root);
    const page = '<!doctype html><div id="app"></div><script type="module" src="./main.ts"></script>';
    for (const [file, text] of Object.entries({ ...files, "index.html": page })) await writeFile(join(root, file), text);
    const { build } = await import("vite");
    const outDir = join(place.folder, `${name}-built`);
    await build({ configFile: false, logLevel: "error", root, base: "./", plugins: [plugin], build: { outDir } });
    return `${name}-built/index.html`;
  }

  const film = (tab) => tab.waitForFunction(() => document.querySelector("video")?.src.endsWith(".mp4"));

  /** A form that makes a film, and says what is wrong with an image that it cannot send. */
  async function works({ tab, told }) {
    await tab.click("button");
    await film(tab).catch((error) => assert.fail(`${error.message} ${told}`));
    await tab.fill("[name=image]", "http://example.com/lake.jpg");
    await tab.click("button");
    await tab.getByRole("status").filter({ hasText: "https" }).waitFor();
  }

  test("the first lines make a film", async () => {
    const { tab } = await opened(await bundled("first", block("kinora", "ts"), "<video></video>"));
    await film(tab);
  });

  test("React, built by Vite", async () => {
    const { default: react } = await import("@vitejs/plugin-react");
    const main = `import { StrictMode, createElement } from "react";
      import { createRoot } from "react-dom/client";
      import App from "./App.tsx";
      createRoot(document.getElementById("app")!).render(createElement(StrictMode, null, createElement(App)));`;
    const files = { "App.tsx": block("React", "tsx"), "main.ts": main };
    await works(await opened(await built("react", files, react())));
  });

  test("Vue, built by Vite", async () => {
    const { default: vue } = await import("@vitejs/plugin-vue");
    const main = 'import { createApp } from "vue";\nimport App from "./App.vue";\ncreateApp(App).mount("#app");';
    const files = { "App.vue": block("Vue", "vue"), "main.ts": main };
    await works(await opened(await built("vue", files, vue())));
  });

  test("a page without a bundler", async () => {
    const { tab } = await opened(await written("plain", block("Plain HTML", "html")));
    await tab.click("button");
    await film(tab);
  });

  test("a page that is left in the middle of a job finds it on the next visit", async () => {
    const context = await browser.newContext();
    const first = await bundled("left", block("kinora", "ts"), "<video></video>");
    const next = await bundled("next", block("Resume after a reload", "ts"));
    const tab = await context.newPage();
    // Nothing is asked before what was accepted is stored.
    const asked = tab.waitForRequest((request) => request.url().endsWith("/status"));
    await tab.goto(site.base + first);
    await asked;
    await tab.close();
    const { tab: again, told } = await opened(next, context);
    await again.waitForEvent("console", (message) => message.text().endsWith(".mp4")).catch(() => assert.fail(told.join()));
  });

  test("a job's id is kept, and taken up", async () => {
    const begin = `import { createClient } from "kinora";\nconst kinora = createClient({ baseUrl: "${service.base}" });\n`;
    const { tab } = await opened(await bundled("kept", begin + block("Resume after a reload", "ts", 1)));
    await tab.waitForEvent("console", (message) => message.text().endsWith(".mp4"));
  });

  /** A picture of a size that models take. */
  async function picture(tab) {
    const base64 = await tab.evaluate(() => {
      const canvas = Object.assign(document.createElement("canvas"), { width: 640, height: 480 });
      canvas.getContext("2d").fillRect(200, 100, 200, 200);
      return canvas.toDataURL("image/png").split(",")[1];
    });
    return Buffer.from(base64, "base64");
  }

  test("the demo makes a video of a chosen file", async () => {
    const program = block("A demo inside the page", "ts");
    const { tab } = await opened(await bundled("demo", program, "<input type=file><video></video>"));
    await tab.setInputFiles("input", { name: "picture.png", mimeType: "image/png", buffer: await picture(tab) });
    await tab.waitForFunction(() => document.querySelector("video").duration > 4);
  });
});

describe("in Node", () => {
  async function program(name, text, ...flags) {
    await writeFile(join(place.folder, name), text);
    const env = { ...process.env, RUNCOMFY_TOKEN: TOKEN, NODE_TEST_CONTEXT: undefined };
    return run("node", [...flags, name], { cwd: place.folder, env, timeout: 60_000 });
  }

  test("a server asks RunComfy itself", async () => {
    const { stdout } = await program("server.mjs", block("kinora", "js"));
    assert.match(stdout, /\.mp4\n$/);
  });

  test("a test of a program's own passes", async () => {
    const { stdout } = await program("own.test.mjs", block("Test your program", "js"), "--test", "--test-reporter=tap");
    assert.match(stdout, /^# pass 1$/m);
  });

  test("an error says what, and what next", async () => {
    const text = block("Errors", "ts").replace("http://example.com/lake.jpg", "ftp://example.com/lake.jpg");
    const { stdout } = await program("errors.mjs", text);
    assert.match(stdout, /^img_url .+\n$/);
  });

  test("a relay adds the token", async (context) => {
    const relay = block("Keep the token off the page", "js", 1)
      .replace(`public: "${service.base}"`, `public: "http://127.0.0.1:8080", service: "${service.base}"`)
      .replace(".listen(8080)", '.listen(0, "127.0.0.1", function () { console.log(this.address().port) })');
    await writeFile(join(place.folder, "relay.mjs"), relay);
    const env = { ...process.env, RUNCOMFY_TOKEN: TOKEN };
    const child = spawn("node", ["relay.mjs"], { cwd: place.folder, env, stdio: ["ignore", "pipe", "inherit"] });
    context.after(() => child.kill());
    const port = await new Promise((resolve, reject) => {
      child.stdout.once("data", (data) => resolve(String(data).trim()));
      child.once("exit", (code) => reject(new Error(`the relay ended with ${code}`)));
    });
    const text = block("kinora", "js").replace(service.base, `http://127.0.0.1:${port}`);
    const { stdout } = await program("through.mjs", text.replace(/ {2}token: .+\n/, ""));
    assert.match(stdout, /\.mp4\n$/);
  });
});
