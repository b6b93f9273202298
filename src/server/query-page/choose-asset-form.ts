import type { AssetForm, PageAsset } from './page-assets.js';
import { toQualityValues } from './quality-values.js';

/** The best compressed form of an asset that an `Accept-Encoding` header allows, or the plain one. */
export function chooseAssetForm({ plain, compressed }: PageAsset, acceptEncoding: string | undefined): AssetForm {
  const qualities = toQualityValues(acceptEncoding);
  const isAllowed = (coding: string) => (qualities.get(coding) ?? qualities.get('*') ?? 0) > 0;
  return compressed.find(({ coding }) => coding !== undefined && isAllowed(coding)) ?? plain;
}
