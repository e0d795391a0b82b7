-- The words behind :Backwright.
local backwright = require('backwright')

local M = {}

---Asks for words where none were given.
local function with_words(words, prompt, action)
  if words ~= '' then
    action(words)
    return
  end
  vim.ui.input({ prompt = prompt .. ': ' }, function(said)
    if said and vim.trim(said) ~= '' then
      action(said)
    end
  end)
end

local function show_context()
  local client = backwright.client()
  local encoding = client and client.offset_encoding or 'utf-16'
  local params = vim.lsp.util.make_position_params(0, encoding)
  local argument = { uri = params.textDocument.uri, position = params.position }
  require('backwright.request').execute('backwright.showContext', argument, function(text)
    local buffer = vim.api.nvim_create_buf(false, true)
    vim.api.nvim_buf_set_lines(buffer, 0, -1, false, vim.split(text, '\n'))
    vim.bo[buffer].filetype = 'markdown'
    vim.cmd('botright split')
    vim.api.nvim_win_set_buf(0, buffer)
  end)
end

---What is no recipe: each takes the words that follow.
M.actions = {
  endpoints = function()
    require('backwright.pick').open('routes')
  end,
  models = function()
    require('backwright.pick').open('models')
  end,
  jobs = function()
    require('backwright.pick').open('jobs')
  end,
  gaps = function()
    require('backwright.pick').open('gaps')
  end,
  refine = function(words)
    with_words(words, 'How shall the last result be changed', require('backwright.run').refine)
  end,
  generate = function(words)
    with_words(words, 'What is wanted', require('backwright.run').generate)
  end,
  context = show_context,
  cancel = function()
    require('backwright.request').cancel()
  end,
}

---The ids of all recipes, from the server.
function M.recipes()
  local found = {}
  for _, recipe in ipairs(require('backwright.request').ask('backwright/recipes') or {}) do
    table.insert(found, recipe.id)
  end
  return found
end

---@param command {args: string, fargs: string[]}
function M.run(command)
  local name = command.fargs[1]
  local words = vim.trim(command.args:sub(#(name or '') + 1))
  if not name then
    M.actions.generate('')
  elseif M.actions[name] then
    M.actions[name](words)
  elseif vim.tbl_contains(M.recipes(), name) then
    require('backwright.run').recipe(name, words ~= '' and words or nil)
  else
    require('backwright.run').generate(command.args)
  end
end

---@param lead string
---@param line string
function M.complete(lead, line)
  if #vim.split(vim.trim(line), '%s+') > (lead == '' and 1 or 2) then
    return {}
  end
  local names = vim.list_extend(vim.tbl_keys(M.actions), M.recipes())
  table.sort(names)
  names = vim.fn.uniq(names)
  return vim.tbl_filter(function(it)
    return vim.startswith(it, lead)
  end, names)
end

return M
