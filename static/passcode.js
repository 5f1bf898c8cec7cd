// What is kept on a device, locked with a passcode, as text for a link or a file. The format is told in
// docs/passcode-link.md, so that anybody can check it and open a link without us. Nothing here touches a page or a network.
//
//   "CTF" | version 1 | flags | rounds of PBKDF2 (4 bytes) | salt (16) | nonce (12) | length of the rest (4)   header, 41 bytes
//   AES-256-GCM of the JSON text, with its tag of 16 bytes; the header is authenticated with it
//   the first 4 bytes of SHA-256 over all before: tells damage before anybody is asked for a passcode
(() => {
  const MAGIC = [0x43, 0x54, 0x46];
  const VERSION = 1;
  const COMPRESSED = 1;
  const ROUNDS = { written: 600_000, least: 600_000, most: 10_000_000 };
  const AT = { version: 3, flags: 4, rounds: 5, salt: 9, nonce: 25, length: 37, locked: 41 };
  const TAG = 16;
  const SUM = 4;
  const MOST_BYTES = 4 << 20; // of the text inside, so that a small link cannot fill the memory

  const subtle = window.isSecureContext ? window.crypto?.subtle : undefined;

  const bytesOf = (text) => new TextEncoder().encode(text);
  // As ECMAScript's trim, after NFKC: the same passcode typed on another keyboard is the same.
  const normal = (passcode) => passcode.normalize("NFKC").trim();

  const toText = (bytes) => {
    let binary = "";
    for (const byte of bytes) binary += String.fromCharCode(byte);
    return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
  };
  // Null for what is no base64url, or not the one way of writing these bytes.
  const fromText = (text) => {
    if (!/^[\w-]+$/.test(text)) return null;
    try {
      const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
      const bytes = Uint8Array.from(binary, (one) => one.charCodeAt(0));
      return toText(bytes) === text ? bytes : null;
    } catch {
      return null;
    }
  };

  const sumOf = async (bytes) => new Uint8Array(await subtle.digest("SHA-256", bytes)).slice(0, SUM);
  const keyFrom = async (passcode, salt, iterations) => {
    const base = await subtle.importKey("raw", bytesOf(normal(passcode)), "PBKDF2", false, ["deriveKey"]);
    const made = { name: "AES-GCM", length: 256 };
    return subtle.deriveKey({ name: "PBKDF2", hash: "SHA-256", salt, iterations }, base, made, false, ["encrypt", "decrypt"]);
  };

  // Null where more comes out than may.
  const through = async (bytes, stream) => {
    const reader = new Blob([bytes]).stream().pipeThrough(stream).getReader();
    const pieces = [];
    let length = 0;
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      length += value.length;
      if (length > MOST_BYTES) { reader.cancel(); return null; }
      pieces.push(value);
    }
    return new Uint8Array(await new Blob(pieces).arrayBuffer());
  };

  // Null in a browser that cannot.
  const streamOf = (name) => {
    try {
      return new window[name]("deflate-raw");
    } catch {
      return null;
    }
  };

  const api = {
    /** Whether this browser can lock and open: only over HTTPS, or on this machine itself. */
    available: () => Boolean(subtle),
    normal,
    /** The text locked with the passcode, as base64url. */
    async lock(text, passcode) {
      const plain = bytesOf(text);
      if (plain.length > MOST_BYTES) throw new RangeError("More than can be opened again.");
      const packer = streamOf("CompressionStream");
      const packed = packer && (await through(plain, packer));
      const inside = packed ?? plain;
      const header = new Uint8Array(AT.locked);
      const view = new DataView(header.buffer);
      header.set(MAGIC);
      header[AT.version] = VERSION;
      header[AT.flags] = packed ? COMPRESSED : 0;
      view.setUint32(AT.rounds, ROUNDS.written);
      crypto.getRandomValues(header.subarray(AT.salt, AT.length));
      view.setUint32(AT.length, inside.length + TAG);
      const key = await keyFrom(passcode, header.slice(AT.salt, AT.nonce), ROUNDS.written);
      const how = { name: "AES-GCM", iv: header.slice(AT.nonce, AT.length), additionalData: header };
      const locked = new Uint8Array(await subtle.encrypt(how, key, inside));
      const whole = new Uint8Array([...header, ...locked]);
      return toText(new Uint8Array([...whole, ...(await sumOf(whole))]));
    },
    /**
     * What can be told without a passcode: `{problem}` ("none", "foreign", "newer", "cut", "damaged", or "browser"), or `{bytes}`
     * for `open`. Spaces, and what mail programs put behind a link, do no harm.
     */
    async read(text) {
      const bare = text.replace(/%20|\s/g, "").replace(/[.,;:)>\]"']+$/, "");
      if (!bare) return { problem: "none" };
      // Of a text that was cut anywhere, the bytes that are whole tell what it is.
      const bytes = fromText(bare) ?? (/^[\w-]+$/.test(bare) ? fromText(bare.slice(0, 4 * Math.floor(bare.length / 4))) : null);
      if (!bytes || !MAGIC.every((byte, place) => bytes[place] === byte)) return { problem: "foreign" };
      if (bytes.length <= AT.locked) return { problem: "cut" };
      if (bytes[AT.version] > VERSION) return { problem: "newer" };
      const view = new DataView(bytes.buffer);
      const length = AT.locked + view.getUint32(AT.length) + SUM;
      if (bytes.length < length) return { problem: "cut" };
      const sum = bytes.slice(-SUM);
      const right = await sumOf(bytes.slice(0, -SUM));
      const rounds = view.getUint32(AT.rounds);
      const sound =
        bytes.length === length && toText(bytes) === bare && right.every((byte, place) => byte === sum[place]) &&
        bytes[AT.version] === VERSION && bytes[AT.flags] <= COMPRESSED && rounds >= ROUNDS.least && rounds <= ROUNDS.most;
      if (sound && bytes[AT.flags] === COMPRESSED && !streamOf("DecompressionStream")) return { problem: "browser" };
      return sound ? { bytes: bytes.slice(0, -SUM) } : { problem: "damaged" };
    },
    /** The text inside; null where the passcode is wrong or somebody changed the bytes: these look the same. */
    async open(bytes, passcode) {
      const header = bytes.slice(0, AT.locked);
      const rounds = new DataView(header.buffer).getUint32(AT.rounds);
      const key = await keyFrom(passcode, header.slice(AT.salt, AT.nonce), rounds);
      const how = { name: "AES-GCM", iv: header.slice(AT.nonce, AT.length), additionalData: header };
      try {
        const inside = new Uint8Array(await subtle.decrypt(how, key, bytes.slice(AT.locked)));
        const packed = header[AT.flags] === COMPRESSED;
        const plain = packed ? await through(inside, streamOf("DecompressionStream")) : inside;
        return plain && new TextDecoder("utf-8", { fatal: true }).decode(plain);
      } catch {
        return null;
      }
    },
  };
  window.finderPasscode = api;
})();
