import {
  provideVSCodeDesignSystem,
  vsCodeButton,
  vsCodeCheckbox,
  vsCodeDropdown,
  vsCodeOption,
  vsCodeTextField,
} from '@vscode/webview-ui-toolkit';
import { type ComponentChild, type ComponentChildren, h, type VNode } from 'preact';
import { useId } from 'preact/hooks';

/*
 * All that the panel takes from the webview UI toolkit goes through here. The toolkit is no longer
 * maintained; should it break, another library takes its place in this file and nowhere else.
 */

/** Defines the custom elements used below. */
export function registerControls(): void {
  provideVSCodeDesignSystem().register(
    vsCodeButton(),
    vsCodeCheckbox(),
    vsCodeDropdown(),
    vsCodeOption(),
    vsCodeTextField(),
  );
}

/** A push button; `secondary` for one that is not the first thing to do. */
export const Button = (props: {
  readonly secondary?: boolean;
  readonly disabled?: boolean;
  /** For one of several that stays pressed. */
  readonly pressed?: boolean;
  readonly title?: string;
  readonly onClick: () => void;
  readonly children: ComponentChildren;
}): ComponentChild =>
  h(
    'vscode-button',
    {
      appearance: props.secondary ? 'secondary' : 'primary',
      disabled: props.disabled ?? false,
      title: props.title,
      onClick: props.onClick,
      ref: (element: HTMLElement | null) => setPressed(element, props.pressed),
    },
    props.children,
  );

/** Says it of the button within the element, to which the toolkit does not hand it on. */
function setPressed(element: HTMLElement | null, pressed: boolean | undefined): void {
  if (pressed === undefined) return;
  element?.shadowRoot?.querySelector('button')?.setAttribute('aria-pressed', String(pressed));
}

/** A check box with its label. */
export const Checkbox = (props: {
  readonly checked: boolean;
  readonly disabled?: boolean;
  readonly onChange: (checked: boolean) => void;
  readonly children: ComponentChildren;
}): ComponentChild =>
  h(
    'vscode-checkbox',
    {
      checked: props.checked,
      disabled: props.disabled ?? false,
      onChange: (event: Event) => {
        const { checked } = event.target as HTMLInputElement;
        // The element also says "change" when it is set from here.
        if (checked !== props.checked) props.onChange(checked);
      },
    },
    props.children,
  );

/** A line of text with its label above and, where it cannot be understood, the reason below. */
export function TextField(props: {
  readonly label: string;
  readonly value: string;
  readonly placeholder?: string;
  readonly error?: string | undefined;
  readonly onInput: (text: string) => void;
  readonly onBlur?: () => void;
}): VNode {
  return (
    <div class="field">
      {h(
        'vscode-text-field',
        {
          value: props.value,
          placeholder: props.placeholder ?? '',
          'aria-invalid': props.error === undefined ? 'false' : 'true',
          spellcheck: false,
          onInput: (event: Event) => props.onInput((event.target as HTMLInputElement).value),
          onBlur: props.onBlur,
        },
        props.label,
      )}
      <p class="field-error" role="alert">
        {props.error}
      </p>
    </div>
  );
}

export interface Choice {
  readonly value: string;
  readonly label: string;
}

/** One of several, in a list that drops down. */
export function Dropdown(props: {
  readonly label: string;
  readonly value: string;
  readonly choices: readonly Choice[];
  readonly onChange: (value: string) => void;
}): VNode {
  const id = useId();
  return (
    <div class="field">
      <span class="field-label" id={id}>
        {props.label}
      </span>
      {h(
        'vscode-dropdown',
        {
          value: props.value,
          'aria-labelledby': id,
          onChange: (event: Event) => props.onChange((event.target as HTMLSelectElement).value),
        },
        props.choices.map((choice) =>
          h('vscode-option', { key: choice.value, value: choice.value }, choice.label),
        ),
      )}
    </div>
  );
}
