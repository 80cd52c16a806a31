-- Executes a command in the sandboxes whose paths are the script's arguments, in turn.
command = command or "true"

wrk.method = "POST"
wrk.body = string.format('{"command":"%s"}', command)
wrk.headers["content-type"] = "application/json"

local paths = {}
local last = 0

function init(arguments)
  for _, path in ipairs(arguments) do
    table.insert(paths, path)
  end
end

function request()
  last = last % #paths + 1
  return wrk.format(nil, paths[last])
end
