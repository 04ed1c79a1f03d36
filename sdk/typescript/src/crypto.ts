// HMAC-SHA256 by WebCrypto, which browsers, edge functions and Node have alike.

/** Whether `signature` is the HMAC-SHA256 of `message`. The comparison takes the same time whatever differs. */
export async function isSignedBy(
  key: Uint8Array<ArrayBuffer>,
  signature: Uint8Array<ArrayBuffer>,
  message: Uint8Array<ArrayBuffer>,
): Promise<boolean> {
  const subtle = await webCrypto();
  const imported = await subtle.importKey("raw", key, { name: "HMAC", hash: "SHA-256" }, false, ["verify"]);
  return subtle.verify("HMAC", imported, signature, message);
}

/** The bytes of base64 text with its padding; null when it is anything else. */
export function fromBase64(text: string): Uint8Array<ArrayBuffer> | null {
  try {
    const binary = atob(text);
    // atob is lenient about spaces, padding and the last bits; a signature has one spelling.
    if (btoa(binary) !== text) return null;
    return Uint8Array.from(binary, (character) => character.charCodeAt(0));
  } catch {
    return null;
  }
}

/** The bytes of hexadecimal text in lowercase; null when it is anything else. */
export function fromHex(text: string): Uint8Array<ArrayBuffer> | null {
  if (!/^([0-9a-f]{2})*$/.test(text)) return null;
  return Uint8Array.from({ length: text.length / 2 }, (_, index) =>
    Number.parseInt(text.slice(2 * index, 2 * index + 2), 16),
  );
}

async function webCrypto(): Promise<SubtleCrypto> {
  if (globalThis.crypto?.subtle) return globalThis.crypto.subtle;
  // Node 18 has it only in a module. The name stands in a variable, so that bundlers for browsers do not look for it.
  const name = "node:crypto";
  const module: { webcrypto: Crypto } = await import(/* webpackIgnore: true */ /* @vite-ignore */ name);
  return module.webcrypto.subtle;
}
