-- SPDX-License-Identifier: MIT
-- A recipe's options are checked at the caller's line.
-- error: 16: unknown key 'negtives' of model; did you mean 'negatives'?
-- error: 17: the value of 'depth' is nil
local lab = require "spanlab"
local recipe = {}
function recipe.model(given)
  local chosen = lab.options(given, { negatives = 100, depth = 0 })
  if chosen.negatives ~= 100 or chosen.depth ~= 0 then error "defaults are lost" end
  return lab.model { encoder = lab.encoder "birnn" {}, tasks = {} }
end

return lab.study "recipe" {
  data = lab.data "sample" {},
  model = recipe.model {
    negtives = 5,
    depth = recipe.nothing,
  },
}
