-- Runs recipes and requests: first as a preview, then for good.
local backwright = require('backwright')
local preview = require('backwright.preview')
local request = require('backwright.request')

local M = {}

---Where the cursor is, as the server's commands take it.
local function place()
  local client = backwright.client()
  local encoding = client and client.offset_encoding or 'utf-16'
  local params = vim.lsp.util.make_position_params(0, encoding)
  if vim.api.nvim_buf_get_name(0) == '' then
    return {}
  end
  return { uri = params.textDocument.uri, position = params.position }
end

---What is still to be done once the change stands.
local function tell(report)
  local left = {}
  for _, key in ipairs({ 'unserved', 'next_steps' }) do
    vim.list_extend(left, report[key] or {})
  end
  local text = report.summary .. (#left > 0 and ('\nleft to do: ' .. table.concat(left, '; ')) or '')
  if report.status == 'applied' then
    backwright.say(text)
  end
end

---@param command string
---@param argument table
function M.start(command, argument)
  if not backwright.options.preview then
    request.execute(command, argument, tell)
    return
  end
  local client = backwright.client()
  local origin = vim.api.nvim_get_current_win()
  local planned = vim.tbl_extend('force', argument, { apply = false })
  request.execute(command, planned, function(report)
    if report.status ~= 'planned' then
      return -- the server has said why
    end
    if #(report.files or {}) == 0 then
      backwright.say(report.summary)
      return
    end
    preview.open(report, function(left_out)
      if vim.api.nvim_win_is_valid(origin) then
        vim.api.nvim_set_current_win(origin)
      end
      request.execute(command, argument, function(done)
        if done.status == 'applied' and client then
          preview.take_back(client.root_dir or vim.fn.getcwd(), done, left_out)
        end
        tell(done)
      end)
    end)
  end)
end

---@param recipe string
---@param words? string
function M.recipe(recipe, words)
  M.start('backwright.run', vim.tbl_extend('force', place(), { recipe = recipe, request = words }))
end

---@param words string
function M.generate(words)
  M.start('backwright.generate', vim.tbl_extend('force', place(), { request = words }))
end

---@param words string
function M.refine(words)
  M.start('backwright.refine', { request = words })
end

return M
