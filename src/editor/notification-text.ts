/**
 * Text for a notification. VS Code makes links of `[text](command:…)` in one, which run commands, and
 * so may a file be called.
 */
export const withoutLinks = (text: string): string => text.replaceAll('](', ']\u200b(');
