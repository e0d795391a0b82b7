-- :checkhealth backwright
local M = {}

function M.check()
  local health = vim.health
  health.start('backwright')
  if vim.fn.has('nvim-0.11') == 1 then
    health.ok('Neovim ' .. tostring(vim.version()))
  else
    health.error('Neovim 0.11 or newer is needed')
    return
  end
  local config = vim.lsp.config.backwright or {}
  local cmd = type(config.cmd) == 'table' and config.cmd or {}
  local program = cmd[1]
  if program and vim.fn.executable(program) == 1 then
    local answer = vim.system({ program, '--version' }, { text = true }):wait(10000)
    health.ok(('%s is there (%s)'):format(program, vim.trim(answer.stdout or '')))
  else
    health.error(
      ('%s can not be run'):format(program or 'the server'),
      { 'install the server: pip install backwright', 'or name it: setup({ server = { cmd = { … } } })' }
    )
  end
  if not vim.lsp.is_enabled('backwright') then
    health.warn('it is not enabled', { "call require('backwright').setup()" })
  end
  local clients = vim.lsp.get_clients({ name = 'backwright' })
  if #clients == 0 then
    health.info('no server runs: open a file of a project')
  end
  for _, client in ipairs(clients) do
    health.ok('serves ' .. (client.root_dir or 'a file without a project'))
    local answer = client:request_sync('backwright/status', vim.empty_dict(), 5000)
    local status = answer and answer.result
    if status then
      health.info(status.configured and ('the model is ' .. tostring(status.model)) or 'no model: templates answer, offline')
      if not status.trusted then
        health.info('the folder is not trusted: its tests are not run (backwright trust DIR)')
      end
    end
  end
end

return M
