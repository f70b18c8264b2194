local lab = require "spanlab"
local spert = require "recipes.spert"

return lab.study "s" {
  data = lab.data "sample" { train = "train", test = "test" },
  model = spert.model { encoder = lab.encoder "birnn" {} },
  train = { epochs = 1 },
}
