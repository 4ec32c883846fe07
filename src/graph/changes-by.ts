import type { GraphDoor } from './graph-door.js';

/**
 * Reads as `reading` does, and changes accounts, licenses and memberships as `writing` does. How reports show names is
 * no change of an account, and an app is installed by nobody but itself: both stay with whoever reads.
 */
export function changesBy(writing: GraphDoor, reading: GraphDoor): GraphDoor {
  return {
    ...reading,
    changeLicenses: (userId, change) => writing.changeLicenses(userId, change),
    setAccountEnabled: (userId, enabled) => writing.setAccountEnabled(userId, enabled),
    revokeSessions: (userId) => writing.revokeSessions(userId),
    setUsageLocation: (userId, country) => writing.setUsageLocation(userId, country),
    joinGroup: (groupId, userId) => writing.joinGroup(groupId, userId),
    leaveGroup: (groupId, userId) => writing.leaveGroup(groupId, userId),
    deletePerson: (userId) => writing.deletePerson(userId),
    restorePerson: (userId) => writing.restorePerson(userId),
  };
}
