// The one class of errors.

export class KinoraError extends Error {
  constructor({ code, message, nextStep = "", retryable = false, status, issues, detail, cause }) {
    super(message, cause === undefined ? undefined : { cause: errorOf(cause) });
    this.name = "KinoraError";
    this.code = code;
    this.nextStep = nextStep;
    this.retryable = retryable;
    this.status = status;
    this.issues = issues;
    this.detail = detail;
  }
}

/** What a module answered, unless that is an error. */
export function fine(answer) {
  if (answer.error) throw new KinoraError(answer.error);
  return answer;
}

/** Something in what the program handed in. */
export function bad(code, message, cause, issues) {
  return new KinoraError({ code, message, cause, issues, nextStep: "Change what is passed in; nothing was sent." });
}

/** What was thrown, as words without stack. */
export function words(thrown) {
  const cause = thrown?.cause?.code ?? thrown?.cause?.message;
  const own = String(thrown?.message ?? thrown);
  return cause ? `${own}: ${cause}` : own;
}

/** A problem of the module's as an error; errors stay what they are. */
function errorOf(cause) {
  const plain = cause && Object.getPrototypeOf(cause) === Object.prototype && cause.code;
  return plain ? new KinoraError(cause) : cause;
}
