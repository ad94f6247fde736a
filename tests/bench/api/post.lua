-- For wrk: posts the file that BODY names, and prints requests per second, the median and the 99th percentile of the
-- answer times in milliseconds, how many requests were answered, and how many failed.
local file = io.open(os.getenv("BODY"))
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
wrk.body = file:read("*a")
file:close()

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format("RESULT %.2f %.4f %.4f %d %d\n", summary.requests / summary.duration * 1e6,
    latency:percentile(50) / 1000, latency:percentile(99) / 1000, summary.requests,
    errors.status + errors.connect + errors.read + errors.timeout))
end
