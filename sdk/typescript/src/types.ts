// How the types of methods follow from the API document.

import type { operations } from "./generated/openapi.js";

/** The operations of the API, named as the methods that call them. */
export type OperationId = keyof operations;

type Content<Response> = Response extends { content: infer Types } ? Types[keyof Types] : void;
type Responses<Id extends OperationId> = operations[Id]["responses"];

/** What an operation answers when it succeeds. */
export type Reply<Id extends OperationId> = Content<Responses<Id>[Extract<keyof Responses<Id>, 200 | 201 | 204>]>;

/** The query of an operation, as the document has it. */
export type RawQuery<Id extends OperationId> = NonNullable<operations[Id]["parameters"]["query"]>;

type Lists = "status" | "priority" | "source" | "createdBy" | "tagIds" | "brandIds" | "types" | "event" | "authorType";
type Times = `${"created" | "updated" | "due"}${"After" | "Before"}` | "startDate" | "endDate";
type One<T> = T extends readonly (infer Item)[] ? Item : T;

/** A bool is documented as the texts that stand for it; true and false are as good. */
type OrBoolean<T> = string extends T ? T : "true" extends T ? T | boolean : T;

type Comfortable<Name, T> = Name extends Lists
  ? T | One<NonNullable<T>> | readonly One<NonNullable<T>>[]
  : Name extends Times
    ? T | Date
    : Name extends "assigneeId" | "categoryId" | "cursor" | "after"
      ? T | null
      : OrBoolean<T>;

/** What lists of tickets are filtered by besides: `customFields: { plan: "pro" }` stands for `customFields.plan=pro`. */
type OwnFields<Id extends OperationId> = "tagMatch" extends keyof RawQuery<Id>
  ? { customFields?: Record<string, string | number | boolean> | undefined }
  : unknown;

/** The query of an operation: lists may be arrays, times may be dates, null stands for nobody and none. */
export type Query<Id extends OperationId> = {
  [Name in keyof RawQuery<Id> as Name extends `customFields${string}` ? never : Name]:
    Comfortable<Name, RawQuery<Id>[Name]> | undefined;
} & OwnFields<Id>;
