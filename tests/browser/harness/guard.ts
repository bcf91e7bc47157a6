/** What no page may do in any test, unless the test says so beforehand. */

import type { BrowserContext, ConsoleMessage, Request } from '@playwright/test';

/** Watches all pages of a context. */
export class Guard {
  readonly requests: Request[] = [];
  readonly lines: string[] = [];
  private readonly faults: string[] = [];
  private readonly announced: RegExp[] = [];

  /** Begins to watch. CSP violations are told on the console, where the rest is told already. */
  static async over(context: BrowserContext): Promise<Guard> {
    const guard = new Guard();
    context.on('request', (request) => guard.request(request));
    context.on('console', (message) => guard.message(message));
    context.on('weberror', (error) => guard.fault(`page error: ${error.error().stack}`));
    await context.addInitScript(() => {
      addEventListener('securitypolicyviolation', (event) => {
        console.error(`CSP violation: ${event.violatedDirective} by ${event.blockedURI}`);
      });
    });
    return guard;
  }

  /** Announces what this test brings about on purpose. */
  announce(...patterns: RegExp[]): void {
    this.announced.push(...patterns);
  }

  /** What happened without being announced. */
  unannounced(): string[] {
    const patterns = [...LOOKS, ...this.announced];
    const known = (fault: string) => patterns.some((pattern) => pattern.test(fault));
    return this.faults.filter((fault) => !known(fault));
  }

  /** Whatever happened, where not even a look may be refused. */
  all(): readonly string[] {
    return this.faults;
  }

  private request(request: Request): void {
    this.requests.push(request);
    const url = new URL(request.url());
    if (HERE.has(url.hostname) || IN_PAGE.has(url.protocol)) return;
    this.fault(`leaves this machine: ${request.method()} ${request.url()}`);
  }

  private message(message: ConsoleMessage): void {
    this.lines.push(message.text());
    if (message.type() !== 'error') return;
    this.fault(`console error: ${message.text()} (${message.location().url})`);
  }

  private fault(fault: string): void {
    this.faults.push(fault);
  }
}

/** What the browser itself says of an answer that is no success. */
export function statusError(status: number): RegExp {
  return new RegExp(`Failed to load resource: .* status of ${status}\\b`);
}

/** What the browser itself says when there is no answer. */
export const NO_ANSWER = /Failed to load resource: net::ERR_/;

/** What the browser itself says of an answer that the page may not read. */
export const NO_CORS = /blocked by CORS policy|Failed to load resource: net::ERR_FAILED/;

/**
 * What looks at connections bring about, as they should: a refusal by what is no relay, and a
 * question to RunComfy when Direct is chosen, which reaches nobody here.
 */
const LOOKS = [
  /status of 4\d\d .*\/v1\/(relay|models\/categories)\)$/,
  /^leaves this machine: GET https:\/\/model-api\.runcomfy\.net\/v1\/models\/categories$/,
  /net::ERR_NAME_NOT_RESOLVED \(https:\/\/model-api\.runcomfy\.net\/v1\/models\/categories\)$/,
];

const HERE = new Set(['127.0.0.1', 'localhost']);
const IN_PAGE = new Set(['blob:', 'data:', 'about:']);
