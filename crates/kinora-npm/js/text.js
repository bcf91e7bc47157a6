// A JSON value as one text, which crosses to WebAssembly and back: the other half of src/text.rs,
// which says how it is written.

const bits = new DataView(new ArrayBuffer(8));

/** The text of a value; `undefined` members are left out. Throws on what JSON has no form for. */
export function encode(value) {
  switch (typeof value) {
    case "string":
      return "s" + value.length + ":" + value;
    case "number":
      if (Number.isSafeInteger(value)) return "i" + value + ";";
      if (!Number.isFinite(value)) break;
      bits.setFloat64(0, value);
      return "d" + bits.getBigUint64(0).toString(16).padStart(16, "0");
    case "boolean":
      return value ? "t" : "f";
    case "object":
      if (value === null) return "n";
      if (Array.isArray(value)) return "[" + value.map(encode).join("") + "]";
      return "{" + Object.entries(value).map(member).join("") + "}";
  }
  throw new TypeError(`a ${typeof value} has no form in JSON`);
}

/** The value in a text. */
export function decode(text) {
  let at = 0;
  const until = (end) => {
    const start = at;
    at = text.indexOf(end, at) + 1;
    return +text.slice(start, at - 1);
  };
  const string = () => {
    const length = until(":");
    return text.slice(at, (at += length));
  };
  const value = () => {
    switch (text[at++]) {
      case "t":
        return true;
      case "f":
        return false;
      case "i":
        return until(";");
      case "d":
        bits.setBigUint64(0, BigInt("0x" + text.slice(at, (at += 16))));
        return bits.getFloat64(0);
      case "s":
        return string();
      case "[": {
        const list = [];
        while (text[at] !== "]") list.push(value());
        at++;
        return list;
      }
      case "{": {
        const members = [];
        while (text[at] !== "}") members.push([string(), value()]);
        at++;
        return Object.fromEntries(members);
      }
    }
    return null;
  };
  return value();
}

function member([key, value]) {
  return value === undefined ? "" : key.length + ":" + key + encode(value);
}
