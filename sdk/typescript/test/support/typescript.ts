// Type-checks texts as files of this package would be: against its built types.
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import ts from "typescript";
import { packageRoot } from "./document.js";

/** What the compiler has to say against the texts, by name of file. Nothing is the best answer. */
export function typeErrors(folder: string, files: Record<string, string>, options: ts.CompilerOptions = {}): string[] {
  const root = `${packageRoot}/build/${folder}`;
  rmSync(root, { recursive: true, force: true });
  const paths = Object.entries(files).map(([name, text]) => {
    const path = `${root}/${name}`;
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    return path;
  });
  const program = ts.createProgram(paths, {
    target: ts.ScriptTarget.ES2022,
    lib: ["lib.es2022.d.ts", "lib.dom.d.ts", "lib.dom.iterable.d.ts"],
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    strict: true,
    noEmit: true,
    skipLibCheck: true, // ours are checked by the test of the package
    types: [],
    ...options,
  });
  return ts.getPreEmitDiagnostics(program).map(({ file, start, messageText }) => {
    const line = file && start !== undefined ? file.getLineAndCharacterOfPosition(start).line : -1;
    const source = file ? `${file.fileName.replace(`${root}/`, "")}: ${file.text.split("\n")[line]?.trim()}` : "";
    return `${source}: ${ts.flattenDiagnosticMessageText(messageText, " ")}`;
  });
}
