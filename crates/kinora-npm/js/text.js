// A JSON value as one text, which crosses to WebAssembly and back: the other half of src/text.rs,
// which says how it is written.

const bits = new DataView(new ArrayBuffer(8));
const utf8 = new TextEncoder();
const reader = new TextDecoder("utf-8", { ignoreBOM: true });

/** The text of a value; `undefined` members are left out. Throws on what JSON has no form for. */
export function encode(value) {
  switch (typeof value) {
    case "string":
      return "s" + sized(value);
    case "number":
      if (Number.isSafeInteger(value)) return "i" + value + ";";
      if (!Number.isFinite(value)) break;
      bits.setFloat64(0, value);
      return "d" + bits.getBigInt64(0) + ";";
    case "boolean":
      return value ? "t" : "f";
    case "object":
      if (value === null) return "n";
      if (Array.isArray(value)) return "[" + value.map(encode).join("") + "]";
      return "{" + Object.entries(value).map(member).join("") + "}";
  }
  throw new TypeError(`a ${typeof value} has no form in JSON`);
}

function member([key, value]) {
  return value === undefined ? "" : sized(key) + encode(value);
}

function sized(text) {
  return utf8.encode(text).length + ":" + text;
}

/** The value in the bytes of a text. */
export function decode(bytes) {
  let at = 0;
  const take = (length) => reader.decode(bytes.subarray(at, (at += length)));
  const until = (end) => {
    const digits = take(bytes.indexOf(end, at) - at);
    at++;
    return digits;
  };
  const string = () => take(+until(COLON));
  const value = () => {
    switch (String.fromCharCode(bytes[at++])) {
      case "t":
        return true;
      case "f":
        return false;
      case "i":
        return +until(SEMICOLON);
      case "d":
        bits.setBigInt64(0, BigInt(until(SEMICOLON)));
        return bits.getFloat64(0);
      case "s":
        return string();
      case "[": {
        const list = [];
        while (bytes[at] !== LIST_END) list.push(value());
        at++;
        return list;
      }
      case "{": {
        const members = [];
        while (bytes[at] !== OBJECT_END) members.push([string(), value()]);
        at++;
        return Object.fromEntries(members);
      }
      case "n":
        return null;
    }
    throw new Error("the text is cut off");
  };
  return value();
}

const [COLON, SEMICOLON, LIST_END, OBJECT_END] = utf8.encode(":;]}");
