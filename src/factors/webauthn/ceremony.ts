/** What is kept of a challenge, to judge the answer. Everything else is judged by the settings as they are then. */
export interface Ceremony {
  kind: 'create' | 'get';
  /** 32 random bytes, base64url. */
  challenge: string;
  /** For `create`: names of the person's methods that are there already. */
  takenNames?: readonly string[];
  /** For `get`: nobody was known when it was made, so the answer has to tell and to verify the person. */
  isFirstFactor?: true;
}
