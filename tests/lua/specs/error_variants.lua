-- SPDX-License-Identifier: MIT
-- error: 10: x: two spaces on one path
-- error: 11: variants "a.b": expected a name without a dot
-- error: 11: variants: expected at least one
-- error: 12: variants: 'one' stands twice
local lab = require "spanlab"
return require "study_of" (lab.product {
  lab.variants "system" { { ["without x"] = { x = 0 } } },
  lab.grid { y = { 1 } },
  lab.grid { x = { 1 } },
  lab.variants "a.b" {},
  lab.variants "c" { { one = {} }, { one = {} } },
})
