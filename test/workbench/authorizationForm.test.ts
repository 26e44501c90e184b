import { AuthorizationHome } from './authorizationHome.ts';
import { closeAll } from './windows.ts';
import { describeKeyboard } from './authorizationKeyboard.ts';
import { describeLook } from './authorizationLook.ts';
import { describeRules } from './authorizationRules.ts';

describe('the form in the window', () => {
  let home: AuthorizationHome;

  before(async () => {
    home = await AuthorizationHome.open();
  });

  after(closeAll);

  describe('refuses, asks and keeps', () => describeRules(() => home));
  describe('by keyboard alone', () => describeKeyboard(() => home));
  describe('in every theme', () => describeLook(() => home));
});
