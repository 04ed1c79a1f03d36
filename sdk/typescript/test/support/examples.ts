// The examples that stand in doc comments and in the README.
import { readFileSync, readdirSync } from "node:fs";
import ts from "typescript";
import { packageRoot } from "./document.js";

export interface Documented {
  /** Such as `Tickets.create`. */
  name: string;
  /** The words before the example. */
  words: string;
  /** The code of the example, if there is one. */
  example: string | undefined;
}

/** Every method, and every function and class that stands outside of a namespace, with its doc comment. */
export function documented(): Documented[] {
  const files = readdirSync(`${packageRoot}/src/namespaces`).map((name) => `namespaces/${name}`);
  return ["client.ts", "paging.ts", "portal.ts", ...files].flatMap((name) => {
    const text = readFileSync(`${packageRoot}/src/${name}`, "utf8");
    const source = ts.createSourceFile(name, text, ts.ScriptTarget.ES2022, true);
    return source.statements.flatMap((statement) => fromStatement(statement));
  });
}

function fromStatement(statement: ts.Statement): Documented[] {
  if (ts.isFunctionDeclaration(statement)) return [fromNode(statement, statement.name?.text ?? "")];
  if (!ts.isClassDeclaration(statement)) return [];
  const name = statement.name?.text ?? "";
  const itself = ["DispatchTickets", "DispatchPortal"].includes(name) ? [fromNode(statement, name)] : [];
  const seen = new Set<string>();
  const shown = statement.members.filter(ts.isMethodDeclaration).filter((method) => !ts.isPrivateIdentifier(method.name));
  const methods = shown.filter((method) => {
    const first = !seen.has(method.name.getText()); // the overloads of a method have one comment between them
    seen.add(method.name.getText());
    return first;
  });
  return [...itself, ...methods.map((method) => fromNode(method, `${name}.${method.name.getText()}`))];
}

function fromNode(node: ts.Node, name: string): Documented {
  const [comment] = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc);
  const tag = comment?.tags?.find((one) => one.tagName.text === "example");
  const says = ts.getTextOfJSDocComment(tag?.comment) ?? "";
  return {
    name,
    words: ts.getTextOfJSDocComment(comment?.comment) ?? "",
    example: /^```ts\n(.*)\n```$/s.exec(says.trim())?.[1],
  };
}

/** The blocks of a language in the README. */
export function readmeBlocks(language: string): string[] {
  const text = readFileSync(`${packageRoot}/README.md`, "utf8");
  return [...text.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, "gms"))].map((match) => match[1] ?? "");
}
