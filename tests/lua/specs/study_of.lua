-- SPDX-License-Identifier: MIT
-- A study with this space and nothing else of interest.
local lab = require "spanlab"

return function(space)
  return lab.study "spec" {
    data = lab.data "sample" {},
    model = lab.model { encoder = lab.encoder "birnn" {}, tasks = {} },
    space = space,
  }
end
