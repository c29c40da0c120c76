-- What wrk has seen, as one line of JSON. wrk's own summary rounds what is divided by afterwards.
function done(summary, latency, requests)
  local bad = summary.errors
  io.write(string.format(
    'RESULT {"requests":%d,"bytes":%d,"micros":%d,"p50":%d,"p99":%d,"status":%d,"socket":%d}\n',
    summary.requests, summary.bytes, summary.duration, latency:percentile(50), latency:percentile(99),
    bad.status, bad.connect + bad.read + bad.write + bad.timeout))
end
