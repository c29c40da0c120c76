-- One POST of JSON over and over. Argument: a file with the body.
function init(args)
  local file = io.open(args[1])
  wrk.method = "POST"
  wrk.body = file:read("a")
  file:close()
  wrk.headers["Content-Type"] = "application/json"
end
dofile(os.getenv("WRK_REPORT"))
