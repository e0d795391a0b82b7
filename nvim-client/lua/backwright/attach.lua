-- What is switched on in a buffer that the server serves.
local M = {}

---@param client vim.lsp.Client
---@param buffer integer
---@param options backwright.Options
---@param group integer
function M.on_attach(client, buffer, options, group)
  if options.hints and client:supports_method('textDocument/inlayHint') then
    vim.lsp.inlay_hint.enable(true, { bufnr = buffer })
  end
  if options.lenses and client:supports_method('textDocument/codeLens') then
    local function refresh()
      if vim.api.nvim_buf_is_loaded(buffer) then
        vim.lsp.codelens.refresh({ bufnr = buffer })
      end
    end
    refresh()
    vim.api.nvim_create_autocmd({ 'BufEnter', 'InsertLeave', 'BufWritePost' }, {
      group = group,
      buffer = buffer,
      callback = refresh,
    })
  end
end

return M
