/** From best to worst; the worst of all checks is the gateway's. */
export const HEALTH_STATUSES = ['ready', 'degraded', 'unavailable'] as const;

export type HealthStatus = (typeof HEALTH_STATUSES)[number];

export interface CheckResult {
  status: HealthStatus;
  /** Shown to anyone beside the status: no secrets, no hosts. */
  detail?: Readonly<Record<string, unknown>>;
}

/** One thing that readiness depends on. */
export interface HealthCheck {
  name: string;
  /** What is known by now; must not wait for anything or throw. */
  check(): CheckResult;
}
