// Starts queqiaod on free ports and runs the tests beside this file against it. Node reads the certificates that it trusts
// when it starts, so the tests are a process of their own, which begins when the server has made its certificate.
import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import readline from "node:readline";
import { fileURLToPath } from "node:url";

const here = path.dirname(fileURLToPath(import.meta.url));
const bin = process.env.QUEQIAO_BIN;
const folder = mkdtempSync(path.join(tmpdir(), "queqiao-"));
const dataDir = path.join(folder, "data");

async function startServer() {
  const listen = ["--c2s", "127.0.0.1:0", "--c2s-tls", "127.0.0.1:0"];
  const server = spawn(path.join(bin, "queqiaod"), ["--data-dir", dataDir, "--domain", "localhost", ...listen], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  const ports = {};
  for await (const line of readline.createInterface({ input: server.stdout })) {
    const found = /listens on .*:(\d+) for clients \((.*)\)/.exec(line);
    if (found) ports[found[2]] = found[1];
    if (line === "queqiaod: ready") return { server, ports };
  }
  throw new Error("queqiaod ended before it was ready");
}

function runTests(ports) {
  const tests = readdirSync(here).filter((name) => name.endsWith(".test.js"));
  return new Promise((resolve) => {
    const environment = {
      NODE_EXTRA_CA_CERTS: path.join(dataDir, "certificate.pem"),
      QUEQIAO_DATA: dataDir,
      QUEQIAO_STARTTLS: `xmpp://localhost:${ports["STARTTLS"]}`,
      QUEQIAO_DIRECT_TLS: `xmpps://localhost:${ports["direct TLS"]}`,
    };
    const run = spawn(process.execPath, ["--test", ...tests.map((name) => path.join(here, name))], {
      stdio: "inherit",
      env: { ...process.env, ...environment },
    });
    run.on("close", (code) => resolve(code ?? 1));
  });
}

const { server, ports } = await startServer();
try {
  process.exitCode = await runTests(ports);
} finally {
  server.kill("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
}
