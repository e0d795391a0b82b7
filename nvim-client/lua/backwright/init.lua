-- Backwright in Neovim: enables the server, and keeps what its parts share.
local M = {}

---@class backwright.Options
---@field preview boolean show the change before it is made (default true)
---@field lenses boolean refresh code lenses (default true)
---@field hints boolean show inlay hints (default true)
local defaults = { preview = true, lenses = true, hints = true }

M.options = vim.deepcopy(defaults)

---Enables the server. `server` goes to `vim.lsp.config('backwright', …)`.
---@param options? backwright.Options|{server?: vim.lsp.Config}
function M.setup(options)
  options = options or {}
  if options.server then
    vim.lsp.config('backwright', options.server)
  end
  M.options = vim.tbl_extend('force', vim.deepcopy(defaults), options, { server = nil })
  local group = vim.api.nvim_create_augroup('backwright', { clear = true })
  vim.api.nvim_create_autocmd('LspAttach', {
    group = group,
    callback = function(event)
      local client = vim.lsp.get_client_by_id(event.data.client_id)
      if client and client.name == 'backwright' then
        require('backwright.attach').on_attach(client, event.buf, M.options, group)
      end
    end,
  })
  vim.lsp.enable('backwright')
end

---The client that serves a buffer, else any that runs.
---@param buffer? integer
---@return vim.lsp.Client?
function M.client(buffer)
  buffer = buffer or vim.api.nvim_get_current_buf()
  return vim.lsp.get_clients({ name = 'backwright', bufnr = buffer })[1]
    or vim.lsp.get_clients({ name = 'backwright' })[1]
end

---@param text string
---@param level? integer
function M.say(text, level)
  vim.notify('Backwright: ' .. text, level or vim.log.levels.INFO)
end

return M
