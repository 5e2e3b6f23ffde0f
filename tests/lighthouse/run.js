// `make lighthouse`: Lighthouse on a phone for the page where a post is pasted and for a report; below the musts it fails.
//
// The product runs as in production (DEBUG=0, hashed static files) behind a small proxy that does what a real one does:
// it says that the visitor came over HTTPS, and compresses pages. The post is a made-up example; it stays in the database
// of development until its time is over.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import http from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

import * as chromeLauncher from "chrome-launcher";
import lighthouse from "lighthouse";

const MUSTS = { performance: 98, accessibility: 100, "best-practices": 100 };
// Shown, no must: a report is kept out of search engines on purpose, and Lighthouse counts that against it.
const SHOWN = ["seo"];
const SERVER = 8731;
const PROXY = 8732;
const SITE = `http://127.0.0.1:${PROXY}`;
const ROOT = fileURLToPath(new URL("../..", import.meta.url));

function startProduct() {
  const env = { ...process.env, DEBUG: "0", ALLOWED_HOSTS: "127.0.0.1", BEHIND_HTTPS_PROXY: "1" };
  const product = spawn(
    `${ROOT}.venv/bin/python`, ["manage.py", "runserver", "--noreload", "--nostatic", `127.0.0.1:${SERVER}`],
    { cwd: ROOT, env, stdio: ["ignore", "ignore", "pipe"] },
  );
  product.said = "";
  product.stderr.on("data", (line) => { product.said += line; });
  return product;
}

async function startProxy() {
  const proxy = http.createServer((asked, answer) => {
    const headers = { ...asked.headers, "x-forwarded-proto": "https" };
    const passed = http.request({ port: SERVER, method: asked.method, path: asked.url, headers }, async (page) => {
      const parts = [];
      for await (const part of page) parts.push(part);
      let body = Buffer.concat(parts);
      const has = { ...page.headers };
      if ((has["content-type"] ?? "").startsWith("text/html") && !has["content-encoding"]) {
        body = gzipSync(body);
        has["content-encoding"] = "gzip";
      }
      has["content-length"] = body.length;
      answer.writeHead(page.statusCode, has).end(body);
    });
    passed.on("error", () => answer.writeHead(502).end());
    asked.pipe(passed);
  });
  proxy.listen(PROXY, "127.0.0.1");
  await once(proxy, "listening");
  return proxy;
}

async function waitFor(product) {
  for (let tries = 0; tries < 120 && product.exitCode === null; tries += 1) {
    const page = await fetch(SITE).catch(() => null);
    if (page?.ok) return page.text();
    await pause(500);
  }
  throw new Error("The product did not start.");
}

// Sends the form of the page as a browser would, and returns the address of the report.
async function pasteExample(page) {
  const form = new URLSearchParams();
  for (const [input] of page.matchAll(/<input type="hidden"[^>]*>/g)) {
    form.set(input.match(/name="([^"]*)"/)[1], input.match(/value="([^"]*)"/)?.[1] ?? "");
  }
  const examples = readFileSync(`${ROOT}tests/assessments/worked_examples.yaml`, "utf8");
  form.set("post", examples.match(/key: running-cured-me[^]*?text: (.*)/)[1]);
  const sent = await fetch(SITE, {
    method: "POST", body: form, redirect: "manual", headers: { Origin: SITE.replace("http:", "https:") },
  });
  const report = sent.headers.get("location");
  if (sent.status !== 302 || !report?.includes("/reports/")) throw new Error(`No report came: ${sent.status}`);
  return new URL(report, SITE).href;
}

async function measure(chrome, name, address) {
  const { lhr } = await lighthouse(address, {
    port: chrome.port, logLevel: "error", onlyCategories: [...Object.keys(MUSTS), ...SHOWN],
  });
  if (lhr.runtimeError) throw new Error(lhr.runtimeError.message);
  let enough = true;
  const scores = Object.entries(lhr.categories).map(([key, { score }]) => {
    const points = Math.round(score * 100);
    const below = points < (MUSTS[key] ?? 0);
    enough &&= !below;
    return `${key} ${points}${below ? ` (must be ${MUSTS[key]})` : ""}`;
  });
  console.log(`${name}: ${scores.join(", ")}`);
  for (const key of Object.keys(MUSTS)) {
    for (const { id } of lhr.categories[key].auditRefs) {
      const { score, scoreDisplayMode, title } = lhr.audits[id];
      if (score !== null && score < 1 && scoreDisplayMode === "binary") console.log(`  ${key}: ${id}: ${title}`);
    }
  }
  return enough;
}

const product = startProduct();
let chrome, proxy;
try {
  proxy = await startProxy();
  const report = await pasteExample(await waitFor(product));
  chrome = await chromeLauncher.launch({
    chromePath: process.env.CHROMIUM, chromeFlags: ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
  });
  const paste = await measure(chrome, "paste", `${SITE}/`);
  const read = await measure(chrome, "report", report);
  process.exitCode = paste && read ? 0 : 1;
} catch (error) {
  console.error(`${product.said}\n${error.stack}`);
  process.exitCode = 1;
} finally {
  chrome?.kill();
  proxy?.close();
  product.kill();
}
