import type { ComponentChildren, VNode } from 'preact';

/** The head of a column of numbers. */
export const NumberHead = ({ children }: { readonly children: ComponentChildren }): VNode => (
  <th scope="col" class="number">
    {children}
  </th>
);
