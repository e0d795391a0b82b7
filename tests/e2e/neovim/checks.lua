-- What the sessions share: they say what holds and what does not, and end with a status.
local M = { failures = 0 }

function M.say(...)
  io.stdout:write(table.concat(vim.tbl_map(tostring, { ... }), ' ') .. '\n')
end

function M.check(what, holds, detail)
  M.say(holds and 'ok  ' or 'FAIL', what, holds and '' or (detail or ''))
  M.failures = M.failures + (holds and 0 or 1)
end

function M.wait(what, holds)
  M.check(what, vim.wait(20000, holds, 20), 'not within 20 s')
end

function M.contents(path)
  return table.concat(vim.fn.readfile(path), '\n')
end

---Runs a session and ends Neovim with what came of it.
function M.run(session)
  local ended, fault = xpcall(session, debug.traceback)
  M.check('the session ends well', ended, fault)
  for _, it in ipairs(vim.lsp.get_clients()) do
    it:stop()
  end
  vim.wait(3000, function()
    return #vim.lsp.get_clients() == 0
  end, 20)
  vim.cmd(M.failures == 0 and 'qa!' or 'cquit 1')
end

return M
