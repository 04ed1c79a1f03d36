// What the pages read from the server, by name. A change that is seen in the live stream is put in here as well.

import { MutationCache, QueryCache, QueryClient, useQueries, useQuery } from "@tanstack/react-query";
import { AuthenticationError, type Brand, NotFoundError, ForbiddenError, type Session, type Status } from "@dispatch-server/client";
import { api, auth, reason } from "./api";
import { toast } from "./toast";

const FRESH_MS = 20_000;

function lost(error: unknown) {
  if (!(error instanceof AuthenticationError)) return;
  const session = client.getQueryState(["session"]);
  if (session?.data) client.setQueryData(["session"], null);
}

export const client: QueryClient = new QueryClient({
  queryCache: new QueryCache({ onError: lost }),
  mutationCache: new MutationCache({
    onError: (error, _variables, _context, mutation) => {
      lost(error);
      if (!mutation.meta?.quiet) toast(reason(error), { kind: "error" });
    },
  }),
  defaultOptions: {
    queries: {
      staleTime: FRESH_MS,
      retry: (count, error) =>
        count < 2 && !(error instanceof AuthenticationError || error instanceof NotFoundError || error instanceof ForbiddenError),
    },
  },
});

export const useSession = () =>
  useQuery<Session | null>({
    queryKey: ["session"],
    queryFn: () => auth.session().catch((error) => {
      if (error instanceof AuthenticationError) return null;
      throw error;
    }),
    staleTime: Number.POSITIVE_INFINITY,
  });

/** Who is signed in. Only pages behind the sign-in call it. */
export function useMe() {
  const { data } = useSession();
  if (!data) throw new Error("nobody is signed in");
  const { role } = data.member;
  return { ...data, isAdmin: role === "admin" || role === "owner", isOwner: role === "owner" };
}

export const useBrands = () => useQuery({ queryKey: ["brands"], queryFn: () => api.brands.list() });

export function useBrand(brandId: string): Brand | undefined {
  const { data } = useBrands();
  return data?.find((brand) => brand.id === brandId);
}

const LONG_MS = 5 * 60_000;
const settled = { staleTime: LONG_MS } as const;

export const useStatuses = (brandId: string | undefined) =>
  useQuery({ queryKey: ["statuses", brandId], queryFn: () => api.statuses.list(brandId ?? ""), enabled: !!brandId, ...settled });
/** The statuses of some brands, each key once: active ones before the others. */
export function useStatusesOf(brandIds: string[]): Status[] {
  const lists = useQueries({ queries: brandIds.map((id) => ({ queryKey: ["statuses", id], queryFn: () => api.statuses.list(id), ...settled })) });
  const statuses: Status[] = [];
  for (const list of lists) for (const status of list.data ?? []) if (!statuses.some((one) => one.key === status.key)) statuses.push(status);
  return brandIds.length > 1 ? statuses.sort((a, b) => Number(b.isActive) - Number(a.isActive)) : statuses;
}
export const useCategories = (brandId: string | undefined) =>
  useQuery({ queryKey: ["categories", brandId], queryFn: () => api.categories.list(brandId ?? ""), enabled: !!brandId, ...settled });
export const useTags = (brandId: string | undefined) =>
  useQuery({ queryKey: ["tags", brandId], queryFn: () => api.tags.list(brandId ?? ""), enabled: !!brandId, ...settled });
export const useFields = (brandId: string | undefined) =>
  useQuery({ queryKey: ["fields", brandId], queryFn: () => api.fields.listAll(brandId ?? ""), enabled: !!brandId, ...settled });
export const useMembers = (brandId?: string) =>
  useQuery({ queryKey: ["members", brandId ?? "all"], queryFn: () => api.members.list(brandId ? { brandId } : {}), ...settled });
export const useProfile = () =>
  useQuery({ queryKey: ["profile"], queryFn: () => api.request<import("@dispatch-server/client").Profile>("GET", "/auth/profile"), ...settled });

/** Names of the lists that depend on what a ticket is. */
export function refreshCounts() {
  void client.invalidateQueries({ queryKey: ["chips"] });
  void client.invalidateQueries({ queryKey: ["counts"] });
}
