type Pool = readonly [string, ...string[]];

/** The words one provider's customers and users are named with. The pools of two providers share no brand and no name. */
export interface NamePool {
  readonly brands: Pool;
  readonly trades: Pool;
  readonly legalForms: Pool;
  readonly cities: Pool;
  readonly firstNames: Pool;
  readonly lastNames: Pool;
  /** Whole company names with what trips naive code: umlauts, quotes, apostrophes, other scripts, emoji. */
  readonly peculiarCompanies: Pool;
  /** How a company is called after a city, with `{city}` for the city. */
  readonly civicCompanies: Pool;
}
