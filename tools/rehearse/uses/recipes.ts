// Loads the recipes, whichever there are.
import * as recipes from '@som/recipes'

console.log(typeof recipes)
