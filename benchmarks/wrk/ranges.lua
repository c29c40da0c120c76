-- Random 1 MiB ranges. Argument: the file's size.
local size
function init(args)
  math.randomseed(os.time())
  size = tonumber(args[1])
end
function request()
  local first = math.random(0, size - 1048576)
  wrk.headers["Range"] = string.format("bytes=%d-%d", first, first + 1048575)
  return wrk.format()
end
dofile(os.getenv("WRK_REPORT"))
