-- For wrk: `-- DEPTH` sends so many requests at once (1 without it), and what was measured is printed on one line for the harness.
-- The request is a constant text made at the beginning, so that no Lua runs while it measures.

local format = wrk.format

function init(args)
    local depth = tonumber(args[1]) or 1
    wrk.format = function(...) return string.rep(format(...), depth) end
end

function done(summary, latency)
    local e = summary.errors
    io.write(string.format("measured %d %d %d %d %d %d\n", summary.requests, summary.duration, latency:percentile(50),
        latency:percentile(99), e.status, e.connect + e.read + e.write + e.timeout))
end
