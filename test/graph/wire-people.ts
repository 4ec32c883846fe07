/** A user as Graph writes it, with everything that we select. */
export function wireUser(id: string, more: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    id,
    userPrincipalName: `${id}@contoso.example`,
    displayName: `Person ${id}`,
    mail: null,
    accountEnabled: true,
    userType: 'Member',
    usageLocation: 'US',
    assignedLicenses: [{ skuId: 'C7DF2760-2C81-4EF7-B578-5B5392B571DF', disabledPlans: [] }],
    licenseAssignmentStates: [],
    department: null,
    jobTitle: null,
    country: null,
    employeeId: null,
    createdDateTime: '2019-01-01T00:00:00Z',
    onPremisesSyncEnabled: null,
    onPremisesDomainName: null,
    onPremisesDistinguishedName: null,
    ...more,
  };
}
