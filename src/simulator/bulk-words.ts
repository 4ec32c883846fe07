/** What ordinary people of the tenant are made of. */
export const GIVEN_NAMES = words(
  'Ada Adrian Agnes Alan Alba Amara Anders Anja Anton Aria Arjun Astrid Aylin Bela Ben Bianca Bo Bruna Carl Carmen',
  'Cem Chloe Clara Dag Daria David Dina Edgar Elena Elif Emil Emma Enzo Erik Esra Eva Farid Filip Fiona Flora Gina',
  'Greta Hana Hugo Ida Igor Ilse Ines Irina Ivan Jana Jens Joel Julia Kai Karim Katja Kira Klara Lara Lea Lena Leo',
  'Lina Luca Lucia Maja Malik Mara Marco Maria Mina Mira Nadia Nils Nina Noah Nora Olga Omar Oscar Paula Pavel Petra',
  'Rafael Rana Rosa Ruben Sara Selma Simon Sofia Sven Tara Theo Tilda Timo Uma Vera Viktor Wanda Xenia Yara Yusuf Zora',
);

export const SURNAMES = words(
  'Abbott Acker Ahlberg Aksoy Almeida Anders Arnold Bach Baker Barros Becker Bello Berg Bianchi Blom Boyd Brandt Braun',
  'Cano Carter Castro Chen Costa Dahl Davies Demir Diaz Dietz Dogan Duarte Eklund Engel Evans Falk Ferrari Fischer Foss',
  'Frank Fuchs Gallo Garcia Graf Greco Grant Haas Hahn Hansen Hayes Heller Hill Holm Horn Huber Ito Jansen Jensen Kaya',
  'Keller King Klein Koch Kovacs Kumar Lang Larsen Leone Lind Lopez Lorenz Lund Maier Marino Martin Mehta Meyer Mori',
  'Moser Murphy Nagy Nilsen Novak Olsen Ortiz Otto Patel Peters Popov Reyes Ricci Rossi Roth Ruiz Sato Schmid Silva',
  'Singh Sousa Stein Suzuki Tanaka Thomas Torres Urban Vargas Vogel Wagner Walsh Weber Wolf Wong Young Zeller Ziegler',
);

export const DEPARTMENTS = [
  { name: 'Operations', titles: ['Dispatcher', 'Shift Lead', 'Route Planner', 'Operations Analyst'] },
  { name: 'Warehouse', titles: ['Warehouse Clerk', 'Forklift Operator', 'Inventory Specialist'] },
  { name: 'Sales', titles: ['Account Manager', 'Sales Representative', 'Sales Assistant'] },
  { name: 'Finance', titles: ['Accountant', 'Controller', 'Payroll Specialist'] },
  { name: 'Human Resources', titles: ['Recruiter', 'HR Generalist'] },
  { name: 'Information Technology', titles: ['Developer', 'System Administrator', 'Support Technician'] },
  { name: 'Marketing', titles: ['Content Editor', 'Campaign Planner'] },
  { name: 'Legal', titles: ['Counsel', 'Contract Specialist'] },
  { name: 'Research', titles: ['Data Analyst', 'Research Engineer'] },
  { name: 'Facilities', titles: ['Facility Coordinator', 'Reception'] },
  { name: 'Customer Service', titles: ['Service Agent', 'Complaint Handler'] },
  { name: 'Purchasing', titles: ['Buyer', 'Purchasing Assistant'] },
] as const;

export const PLACES = [
  { country: 'United States', code: 'US', city: 'Portland' },
  { country: 'United States', code: 'US', city: 'Savannah' },
  { country: 'Germany', code: 'DE', city: 'Hamburg' },
  { country: 'United Kingdom', code: 'GB', city: 'Liverpool' },
  { country: 'France', code: 'FR', city: 'Le Havre' },
  { country: 'Netherlands', code: 'NL', city: 'Rotterdam' },
  { country: 'Poland', code: 'PL', city: 'Gdynia' },
  { country: 'Spain', code: 'ES', city: 'Valencia' },
  { country: 'Sweden', code: 'SE', city: 'Gothenburg' },
  { country: 'Japan', code: 'JP', city: 'Yokohama' },
  { country: 'Brazil', code: 'BR', city: 'Santos' },
  { country: 'India', code: 'IN', city: 'Chennai' },
] as const;

function words(...lines: readonly string[]): readonly [string, ...string[]] {
  const [first = '', ...rest] = lines.join(' ').split(' ');
  return [first, ...rest];
}
