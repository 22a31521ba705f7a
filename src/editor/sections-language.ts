import {
  Disposable,
  DocumentSymbol,
  FoldingRange,
  Hover,
  languages,
  Range,
  SymbolKind,
} from 'vscode';
import { printable } from '../format.js';
import { partHint } from '../report/part-hint.js';
import type { Part } from '../report/parts.js';
import { type Block, partAt } from '../report/sections-text.js';
import { hintMarkdown } from './hint-markdown.js';
import type { Views } from './panel/views.js';
import { SECTIONS, type Sections } from './sections-document.js';

/** Hovers, outline and folding of the text view. */
export function registerSectionsLanguage(sections: Sections, views: Views): Disposable {
  const here = { scheme: SECTIONS };
  return Disposable.from(
    languages.registerHoverProvider(here, {
      provideHover(document, { line }) {
        const page = sections.page(document.uri);
        const part = page && partAt(page, line);
        if (!page?.binary || !part) return undefined;
        const hint = partHint(part, page.binary, page.cost, views.processesOf(page.uri));
        return new Hover(hintMarkdown(hint), document.lineAt(line).range);
      },
    }),
    languages.registerDocumentSymbolProvider(here, {
      provideDocumentSymbols: ({ uri }) => sections.page(uri)?.blocks.map(blockSymbol),
    }),
    languages.registerFoldingRangeProvider(here, {
      provideFoldingRanges: ({ uri }) =>
        sections.page(uri)?.blocks.map(({ line, firstLine, parts }) => {
          return new FoldingRange(line, firstLine + parts.length - 1);
        }),
    }),
  );
}

function blockSymbol({ title, line, firstLine, parts }: Block): DocumentSymbol {
  const all = new Range(line, 0, firstLine + parts.length, 0);
  const symbol = new DocumentSymbol(
    title,
    '',
    SymbolKind.Namespace,
    all,
    new Range(line, 0, line, 0),
  );
  symbol.children = parts.map((part, index) => partSymbol(part, firstLine + index));
  return symbol;
}

function partSymbol({ kind, index, name, type }: Part, line: number): DocumentSymbol {
  const range = new Range(line, 0, line + 1, 0);
  const label = kind === 'segment' ? `${index} ${type}` : printable(name) || `${index}`;
  const detail = kind === 'segment' ? '' : type;
  return new DocumentSymbol(label, detail, SymbolKind.Field, range, new Range(line, 0, line, 0));
}
