-- Random ranges. Arguments: the file's size, the length of each.
local size, length
function init(args)
  math.randomseed(os.time())
  size, length = tonumber(args[1]), tonumber(args[2])
end
function request()
  local first = math.random(0, size - length)
  wrk.headers["Range"] = string.format("bytes=%d-%d", first, first + length - 1)
  return wrk.format()
end
dofile(os.getenv("WRK_REPORT"))
