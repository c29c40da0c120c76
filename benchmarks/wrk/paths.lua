-- Random paths. Argument: a file with one path a line.
local requests = {}
function init(args)
  math.randomseed(os.time())
  for path in io.lines(args[1]) do requests[#requests + 1] = wrk.format(nil, path) end
end
function request()
  return requests[math.random(#requests)]
end
dofile(os.getenv("WRK_REPORT"))
