/** Words that no German sentence has. */
export const ENGLISH_WORDS =
  /\b(the|is|are|were|of|and|not|you|your|with|this|that|has|have|been|to|for|by|from|when|its)\b/iu;
