/** What a code is for: setting up a way to receive codes, or confirming who somebody is. */
export type CodePurpose = 'enrolment' | 'verification';
