/** Commands of pages that a test does not type, each with the reason. */
export const ELSEWHERE = {
  'npm test       # runs every test': 'types the pages again, and so on',
  'npm run bench -- w2 --scale 0.1': 'measures for minutes; npm test runs the bench at its smallest',
  'npm run bench -- --rows 50000 --features 32 --units 900':
    'measures for minutes; npm test runs the bench at its smallest',
  'npm run bench -- --drawn 5 --seed 7': 'measures for minutes; npm test runs the bench at its smallest',
  'npm run bench -- cost': 'measures for minutes; npm test runs the bench at its smallest',
  'export PGPASSWORD=… AWS_ACCESS_KEY_ID=… AWS_SECRET_ACCESS_KEY=… SOM_API_KEYS=…':
    'passwords of a database and a store on other machines',
  "som serve --data maps --registry postgres://som@db.example.org/maps --store 's3://maps/live?endpoint=https://store.example.org'":
    'a database and a store on other machines; registry.services.ts starts both',
}
