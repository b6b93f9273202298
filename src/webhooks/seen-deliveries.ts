/** Which deliveries have taken effect within a window of time. Every implementation holds to test/support/seen-deliveries-contract.ts. */
export interface SeenDeliveries {
  /** Whether a delivery was added within the window; false if that cannot be known. Never rejects. */
  has(id: string): Promise<boolean>;
  /** Never rejects. */
  add(id: string): Promise<void>;
}
