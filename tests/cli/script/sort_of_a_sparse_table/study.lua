-- SPDX-License-Identifier: MIT
-- The length of a table with holes can be any of its borders.
local function powers(last)
  local t = {}
  for i = last, 0, -1 do t[1 << i] = i end
  return t
end
local ok, message = pcall(table.sort, powers(62))
if ok or message:sub(-15) ~= "(array too big)" then error(message) end
table.sort(powers(29))
