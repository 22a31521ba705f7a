import * as l10n from '@vscode/l10n';
import type { VNode } from 'preact';
import { integer, pageAddress, protection } from '../../src/format.js';
import type { Cost } from '../../src/model/cost.js';
import { count } from '../../src/model/runs.js';
import { NumberHead } from '../number-head.js';
import { Scroller } from '../scroller.js';
import { regionName } from '../view-model/map-lines.js';

/** The address space in words and numbers, by ascending address. */
export const RegionTable = ({ cost }: { readonly cost: Cost }): VNode => (
  <Scroller label={l10n.t('Regions')}>
    <table class="ledger regions">
      <thead>
        <tr>
          <th scope="col">{l10n.t('Region')}</th>
          <th scope="col">{l10n.t('Address')}</th>
          <th scope="col">{l10n.t('Access')}</th>
          <NumberHead>{l10n.t('Pages')}</NumberHead>
          <NumberHead>{l10n.t('Private')}</NumberHead>
          <NumberHead>{l10n.t('Shared')}</NumberHead>
          <NumberHead>{l10n.t('Bytes with a use')}</NumberHead>
        </tr>
      </thead>
      <tbody>
        {cost.regions.map((region) => {
          const own = count(region.private);
          return (
            <tr key={region.id}>
              <th scope="row">{regionName(region, false)}</th>
              <td>
                <code>{pageAddress(region.firstPage, cost.pageSize)}</code>
              </td>
              <td>
                <code>{protection(region)}</code>
              </td>
              <td class="number">{integer(region.pages)}</td>
              <td class="number">{integer(own)}</td>
              <td class="number">{integer(count(region.resident) - own)}</td>
              <td class="number">{region.used ? integer(count(region.used)) : '–'}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  </Scroller>
);
