/** Where the user makes, sees and revokes tokens. */
export const nukiWeb = 'https://web.nuki.io/#/pages/web-api';
