/** What somebody may do beyond answering for their own reports. */
export type Role = 'admin' | 'hr' | 'finance';
