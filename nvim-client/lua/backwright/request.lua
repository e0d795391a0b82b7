-- Runs the server's commands, and lets a person cancel the one that is going on.
local backwright = require('backwright')

local M = {}

---The token of the progress that was told last; Neovim itself has no way to cancel it.
local token

vim.api.nvim_create_autocmd('LspProgress', {
  group = vim.api.nvim_create_augroup('backwright_progress', { clear = true }),
  callback = function(event)
    local client = vim.lsp.get_client_by_id(event.data.client_id)
    if client and client.name == 'backwright' then
      local params = event.data.params
      token = params.value.kind ~= 'end' and params.token or nil
    end
  end,
})

---@param command string such as `backwright.run`
---@param argument table
---@param done fun(report: table)
function M.execute(command, argument, done)
  local client = backwright.client()
  if not client then
    backwright.say('no server runs here; see :checkhealth backwright', vim.log.levels.ERROR)
    return
  end
  local params = { command = command, arguments = { argument } }
  client:request('workspace/executeCommand', params, function(fault, report)
    if fault then
      backwright.say(fault.message, vim.log.levels.ERROR)
    elseif report then
      done(report)
    end
  end, vim.api.nvim_get_current_buf())
end

---The answer to a request of the server's own, waited for; nil when there is none.
---@param method string
---@param params? table
function M.ask(method, params)
  local client = backwright.client()
  if not client then
    return nil
  end
  local answer = client:request_sync(method, params or vim.empty_dict(), 10000)
  return answer and not answer.err and answer.result or nil
end

function M.cancel()
  local client = backwright.client()
  if not client or not token then
    backwright.say('nothing is going on that could be cancelled')
    return
  end
  client:notify('window/workDoneProgress/cancel', { token = token })
end

return M
