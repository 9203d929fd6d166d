import type { ButtonStyle, ComponentType, MessageFlags } from 'discord-api-types/v10';

/**
 * The numbers of Discord's API that the page reads. The browser loads no package for them: the types check each.
 *
 * @see https://discord.com/developers/docs/components/reference
 */
export const COMPONENT: {
  readonly actionRow: ComponentType.ActionRow;
  readonly button: ComponentType.Button;
  readonly stringSelect: ComponentType.StringSelect;
  readonly userSelect: ComponentType.UserSelect;
  readonly roleSelect: ComponentType.RoleSelect;
  readonly mentionableSelect: ComponentType.MentionableSelect;
  readonly channelSelect: ComponentType.ChannelSelect;
} = {
  actionRow: 1,
  button: 2,
  stringSelect: 3,
  userSelect: 5,
  roleSelect: 6,
  mentionableSelect: 7,
  channelSelect: 8,
};

/** Styles of buttons. @see https://discord.com/developers/docs/components/reference#button-button-styles */
export const STYLE: {
  readonly primary: ButtonStyle.Primary;
  readonly secondary: ButtonStyle.Secondary;
  readonly success: ButtonStyle.Success;
  readonly danger: ButtonStyle.Danger;
  readonly link: ButtonStyle.Link;
  readonly premium: ButtonStyle.Premium;
} = { primary: 1, secondary: 2, success: 3, danger: 4, link: 5, premium: 6 };

/** Flags of messages. @see https://discord.com/developers/docs/resources/message#message-object-message-flags */
export const FLAG: {
  readonly loading: MessageFlags.Loading;
  readonly suppressNotifications: MessageFlags.SuppressNotifications;
} = { loading: 128, suppressNotifications: 4096 };
