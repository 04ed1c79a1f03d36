// The state of a list of tickets, as it stands in the address bar.

export const PRIORITIES = ["urgent", "high", "normal", "low"] as const;
export const SORTS: Record<string, string> = {
  createdAt: "Created",
  updatedAt: "Updated",
  priority: "Priority",
  ticketNumber: "Number",
  title: "Title",
  status: "Status",
  customer: "Customer",
  company: "Company",
  assignee: "Assignee",
  category: "Category",
  dueAt: "Due",
};
export const CLOSE_REASONS: Record<string, string> = {
  no_response: "No response",
  out_of_scope: "Out of scope",
  customer_left: "Customer left",
  duplicate: "Duplicate",
};

export interface Column {
  key: string;
  label: string;
  width: string;
  sort?: string;
}

export const COLUMNS: Column[] = [
  { key: "priority", label: "Priority", width: "28px", sort: "priority" },
  { key: "number", label: "Number", width: "84px", sort: "ticketNumber" },
  { key: "status", label: "Status", width: "132px", sort: "status" },
  { key: "title", label: "Title", width: "minmax(220px, 1fr)", sort: "title" },
  { key: "tags", label: "Tags", width: "150px" },
  { key: "customer", label: "Customer", width: "150px", sort: "customer" },
  { key: "company", label: "Company", width: "120px", sort: "company" },
  { key: "category", label: "Category", width: "120px", sort: "category" },
  { key: "assignee", label: "Assignee", width: "120px", sort: "assignee" },
  { key: "source", label: "Source", width: "80px" },
  { key: "comments", label: "Comments", width: "56px" },
  { key: "due", label: "Due", width: "72px", sort: "dueAt" },
  { key: "created", label: "Created", width: "68px", sort: "createdAt" },
  { key: "updated", label: "Updated", width: "68px", sort: "updatedAt" },
];
export const DEFAULT_COLUMNS = ["priority", "number", "status", "title", "tags", "customer", "assignee", "updated"];

/** What a list may be narrowed by; each is a parameter of API 5.4. */
const NAMES = [
  "status", "priority", "assigneeId", "categoryId", "tagIds", "companyId", "customerId", "source", "search", "brandIds",
  "overdue", "hasAttachments", "createdAfter", "createdBefore", "updatedAfter", "updatedBefore", "isSpam",
] as const;
export type FilterName = (typeof NAMES)[number];

export interface ListState {
  filters: Partial<Record<FilterName, string>>;
  sort: string;
  order: "asc" | "desc";
  columns: string[] | null;
}

export function readState(search: string): ListState {
  const query = new URLSearchParams(search);
  const filters: ListState["filters"] = {};
  for (const name of NAMES) {
    const value = query.get(name);
    if (value) filters[name] = value;
  }
  const sort = query.get("sort") ?? "createdAt";
  return {
    filters,
    sort: sort in SORTS ? sort : "createdAt",
    order: query.get("order") === "asc" ? "asc" : "desc",
    columns: query.get("columns")?.split(",").filter(Boolean) ?? null,
  };
}

/** The same as text; what is usual is left out, so that addresses stay short. */
export function writeState(state: ListState): string {
  const query = new URLSearchParams();
  for (const name of NAMES) {
    const value = state.filters[name];
    if (value && !(name === "status" && value === "active")) query.set(name, value);
  }
  if (state.sort !== "createdAt") query.set("sort", state.sort);
  if (state.order !== "desc") query.set("order", state.order);
  if (state.columns) query.set("columns", state.columns.join(","));
  const text = query.toString().replaceAll("%2C", ",");
  return text === "" ? "" : `?${text}`;
}

/** What the API is asked. A list opens on what is active. */
export function toQuery(state: ListState): Record<string, string> {
  const { status = "active", ...rest } = state.filters;
  return { ...rest, ...(status !== "all" && { status }), sort: state.sort, order: state.order };
}

/** Adds a value to a comma list, or takes it out. */
export function toggled(list: string | undefined, value: string): string {
  const values = list ? list.split(",") : [];
  return (values.includes(value) ? values.filter((one) => one !== value) : [...values, value]).join(",");
}

/** Whether a ticket that has just changed still belongs in a list of these statuses. */
export function belongs(status: string | undefined, ticket: { status: string; statusRef: { isActive: boolean } }): boolean {
  return (status ?? "active").split(",").some((wanted) =>
    wanted === "all" || wanted === ticket.status
    || (wanted === "active" && ticket.statusRef.isActive) || (wanted === "inactive" && !ticket.statusRef.isActive));
}
