/** The `client_id` of the account page, which is part of every Countersign. */
export const accountClientId = 'countersign-account';
