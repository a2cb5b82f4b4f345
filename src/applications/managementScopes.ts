/** Scopes of the Management API, by which applications act as the operator. Auth0's names. */
export type ManagementScope = keyof typeof managementScopes;

export const managementScopes = {
  'read:guardian_factors': 'Read the factors and their settings',
  'update:guardian_factors': 'Change the factors and their settings',
  'read:mfa_policies': 'Read when a second factor is asked for',
  'update:mfa_policies': 'Change when a second factor is asked for',
  'read:guardian_enrollments': 'Read what people have set up',
  'delete:guardian_enrollments': 'Take away what people have set up',
  'create:guardian_enrollment_tickets': 'Invite people to set up a second factor',
} as const;
