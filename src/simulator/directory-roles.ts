import { badRequest, GraphRefusal } from './graph-call.js';
import type { GraphAnswer, GraphCall } from './graph-call.js';
import { GLOBAL_ADMINISTRATORS, NAMED } from './named-people.js';
import { collection, only } from './organization.js';
import { checkOptions, listOf } from './query.js';
import { guidFor } from './random.js';
import { GROUPS } from './sim-groups.js';
import { findPerson } from './tenant.js';
import { groupProperties, wireGroup } from './wire-group.js';
import { userProperties, wireUser } from './wire-user.js';
import { tenantTime } from './world.js';
import type { World } from './world.js';

const ROLES = [
  { id: '62e90394-69f5-4237-9190-012177145e10', displayName: 'Global Administrator' },
  { id: '729827e3-9c14-49f7-bb1b-9608f156bbb8', displayName: 'Helpdesk Administrator' },
  { id: 'f2ef992c-3afb-46b9-b7cf-a126ee74c451', displayName: 'Global Reader' },
  { id: '5d6b6bb7-de71-4623-b4af-96380a352509', displayName: 'Security Reader' },
] as const;

/** An application that holds a role: neither a person nor a group. */
const AUTOMATION = { id: '9d0f4c3e-6a1b-4b67-8d52-0f4e8a7c1b35', displayName: 'Nightly inventory' };

interface Assignment {
  readonly principalId: string;
  readonly roleDefinitionId: string;
}

/** GET /roleManagement/directory/roleAssignments */
export function listRoleAssignments(world: World, call: GraphCall): GraphAnswer {
  const rows = assignments(world).map((each, index) => ({
    id: guidFor(index, 1, 800),
    ...each,
    directoryScopeId: '/',
  }));
  return listPrincipals(world, call, 'roleAssignments', rows);
}

/** GET /roleManagement/directory/roleEligibilityScheduleInstances: needs a license that not every tenant has. */
export function listRoleEligibilities(world: World, call: GraphCall): GraphAnswer {
  if (!world.tenant.facts.premium) {
    throw new GraphRefusal(
      400,
      'AadPremiumLicenseRequired',
      'The tenant needs to have Microsoft Entra ID P2 or Microsoft Entra ID Governance license.',
    );
  }
  const rows = eligibilities(world).map((each, index) => ({
    id: guidFor(index, 1, 801),
    ...each,
    directoryScopeId: '/',
    appScopeId: null,
    memberType: 'Direct',
    startDateTime: world.tenant.facts.createdAt.toISOString(),
    endDateTime: null,
    roleEligibilityScheduleId: guidFor(index, 1, 802),
  }));
  return listPrincipals(world, call, 'roleEligibilityScheduleInstances', rows);
}

function listPrincipals(
  world: World,
  call: GraphCall,
  name: 'roleAssignments' | 'roleEligibilityScheduleInstances',
  rows: readonly Assignment[],
): GraphAnswer {
  checkOptions(call, ['$filter', '$expand', '$select']);
  const expand = call.query.get('$expand');
  if (expand !== undefined && expand !== 'principal')
    throw badRequest(`Property '${expand}' cannot be expanded here.`);
  const value = rows.filter(filterOf(call.query.get('$filter'))).map((row) => {
    const shown = only({ ...row }, listOf(call.query.get('$select'))) as Record<string, unknown>;
    return expand === undefined ? shown : { ...shown, principal: principalOf(world, row.principalId) };
  });
  return collection(call, `roleManagement/directory/${name}`, value);
}

/** GET /roleManagement/directory/roleDefinitions */
export function listRoleDefinitions(_world: World, call: GraphCall): GraphAnswer {
  checkOptions(call, ['$filter', '$select']);
  const rows = ROLES.map((role) => ({
    ...role,
    templateId: role.id,
    isBuiltIn: true,
    isEnabled: true,
    description: null,
  }));
  const value = rows.map((row) => only(row, listOf(call.query.get('$select'))));
  return collection(call, 'roleManagement/directory/roleDefinitions', value);
}

function assignments(world: World): readonly Assignment[] {
  const time = tenantTime(world);
  const administrators = GLOBAL_ADMINISTRATORS.filter((id) => findPerson(world.tenant, id, time));
  return [
    ...administrators.map((principalId) => ({ principalId, roleDefinitionId: ROLES[0].id })),
    { principalId: GROUPS.helpdesk.id, roleDefinitionId: ROLES[1].id },
    { principalId: AUTOMATION.id, roleDefinitionId: ROLES[2].id },
  ];
}

/** A security analyst and the helpdesk may activate roles for some hours; until then they hold none of these. */
function eligibilities(world: World): readonly Assignment[] {
  const analyst = NAMED.secondActiveReport.id;
  return [
    ...(findPerson(world.tenant, analyst, tenantTime(world))
      ? [{ principalId: analyst, roleDefinitionId: ROLES[3].id }]
      : []),
    { principalId: GROUPS.helpdesk.id, roleDefinitionId: ROLES[2].id },
  ];
}

function principalOf(world: World, id: string): unknown {
  if (id === GROUPS.helpdesk.id) {
    return {
      '@odata.type': '#microsoft.graph.group',
      ...wireGroup(GROUPS.helpdesk, groupProperties(undefined)),
    };
  }
  const person = findPerson(world.tenant, id, tenantTime(world));
  return person
    ? {
        '@odata.type': '#microsoft.graph.user',
        ...wireUser(person, userProperties(undefined), world.tenant.products),
      }
    : { '@odata.type': '#microsoft.graph.servicePrincipal', ...AUTOMATION };
}

function filterOf(filter: string | undefined): (assignment: Assignment) => boolean {
  if (filter === undefined) return () => true;
  const match = /^(principalId|roleDefinitionId) eq '([^']+)'$/.exec(filter.trim());
  const name = match?.[1];
  if (name !== 'principalId' && name !== 'roleDefinitionId') {
    throw badRequest(
      "The query specified in the URI is not valid. Only 'eq' on principalId or roleDefinitionId is supported.",
    );
  }
  return (assignment) => assignment[name] === match?.[2];
}
