// tsc in this process: what the library and the client declare is read once for all blocks.

import path from "node:path";

import ts from "typescript";

const OPTIONS = {
  strict: true,
  noUncheckedIndexedAccess: true,
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.NodeNext,
  types: ["node"],
  skipLibCheck: true, // the client's own tests check its declarations
};
const declarations = new Map();

/** Checks a file and writes its JavaScript beside it; fails with what tsc has to say. */
export function compile(file) {
  const host = ts.createCompilerHost(OPTIONS);
  const read = host.getSourceFile;
  host.getSourceFile = (name, ...rest) => {
    if (!name.endsWith(".d.ts")) return read(name, ...rest);
    if (!declarations.has(name)) declarations.set(name, read(name, ...rest));
    return declarations.get(name);
  };
  host.getCurrentDirectory = () => path.dirname(file);
  const program = ts.createProgram([file], OPTIONS, host);
  const found = [...ts.getPreEmitDiagnostics(program), ...program.emit().diagnostics];
  if (found.length > 0) throw new Error(ts.formatDiagnostics(found, host));
}
